/*
 * gdb_server.c: the stub's thread: it listens where -g says, takes packets
 * apart ($text#checksum) and sends answers and stop replies. With -g alone is
 * there a thread in the process that is not the guest's.
 */
#include "debug/gdb.h"
#include "debug/internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int listener = -1, connection = -1;
bool gdb_no_ack;

/* ---- -g ---- */

static int listen_unix(const char *path)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(a.sun_path, sizeof a.sun_path, path, (int)getpid());
    unlink(a.sun_path);
    if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) < 0 || listen(fd, 1) < 0)
        die("cannot listen on '%s': %s (given by -g)", a.sun_path, strerror(errno));
    return fd;
}

/* "1234": this machine only. "0.0.0.0:1234", ":1234": every interface, which is for who asks for it. */
static int listen_tcp(const char *spec)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const char *colon = strrchr(spec, ':'), *port = colon ? colon + 1 : spec;
    char *end;
    unsigned long number = strtoul(port, &end, 10);
    int fd, yes = 1;

    if (*end || end == port || number > 65535)
        die("'%s' is neither a port, ADDRESS:PORT nor the path of a socket (given by -g)", spec);
    if (colon && colon > spec) {
        char address[64];

        snprintf(address, sizeof address, "%.*s", (int)(colon - spec), spec);
        if (inet_pton(AF_INET, strcmp(address, "localhost") ? address : "127.0.0.1", &a.sin_addr) != 1)
            die("'%s' is not an IPv4 address (given by -g)", address);
    } else if (colon) {
        a.sin_addr.s_addr = htonl(INADDR_ANY);
    }
    a.sin_port = htons((uint16_t)number);
    fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) < 0 || listen(fd, 1) < 0)
        die("cannot listen on port %lu: %s (given by -g)", number, strerror(errno));
    return fd;
}

/* ---- packets ---- */

static bool send_bytes(const char *p, size_t n)
{
    while (n) {
        ssize_t sent = send(connection, p, n, MSG_NOSIGNAL);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        p += sent;
        n -= (size_t)sent;
    }
    return true;
}

void gdb_send(const char *packet, size_t size)
{
    static char frame[GDB_PACKET + 8] APART;
    uint8_t sum = 0;

    for (size_t i = 0; i < size; i++)
        sum = (uint8_t)(sum + (uint8_t)packet[i]);
    frame[0] = '$';
    memcpy(frame + 1, packet, size);
    snprintf(frame + 1 + size, 4, "#%02x", sum);
    send_bytes(frame, size + 4);
}

void gdb_disconnect(void)
{
    if (connection < 0)
        return;
    shutdown(connection, SHUT_WR);
    close(connection);
    connection = -1;
}

static char input[GDB_PACKET + 64] APART;
static size_t input_size;

static void drop_input(size_t n)
{
    memmove(input, input + n, input_size -= n);
}

/* Takes one packet off the input; -1: none whole yet. What stands before it (acks) is dropped. */
static ssize_t take_packet(char *packet)
{
    char *start, *end;
    uint8_t sum = 0;
    ssize_t size;

    start = memchr(input, '$', input_size);
    if (!start) {
        input_size = 0;
        return -1;
    }
    drop_input((size_t)(start - input));
    end = memchr(input, '#', input_size);
    if (!end || end + 3 > input + input_size) {
        if (input_size == sizeof input)
            input_size = 0; /* no packet of ours is that long */
        return -1;
    }
    size = end - input - 1;
    memcpy(packet, input + 1, (size_t)size);
    packet[size] = 0;
    for (ssize_t i = 0; i < size; i++)
        sum = (uint8_t)(sum + (uint8_t)packet[i]);
    if (!gdb_no_ack) {
        bool good = strtoul((char[]){end[1], end[2], 0}, NULL, 16) == sum;

        send_bytes(good ? "+" : "-", 1);
        if (!good)
            size = -1;
    }
    drop_input((size_t)(end + 3 - input));
    return size;
}

/* Somebody stops: hold everything and tell gdb. Lock held. */
static void announce(struct gdb_thread *t)
{
    static struct gdb_answer a APART;

    gdb_stop_all();
    t->event = false;
    a.size = 0;
    gdb_stop_reply(t, &a);
    gdb_send(a.text, a.size);
}

static void on_event(void)
{
    uint64_t count;

    if (read(gdb.wake, &count, sizeof count) < 0 || gdb.stopped || !gdb.connected)
        return;
    for (struct gdb_thread *t = gdb.threads; t; t = t->next)
        if (t->event) {
            announce(t);
            return;
        }
}

static void on_interrupt(void)
{
    struct gdb_thread *t = gdb.threads;

    if (gdb.stopped || !t)
        return;
    while (t->next) /* the first thread is last in the list */
        t = t->next;
    t->stop = (struct gdb_stop){.sig = SIGINT, .why = WHY_SIGNAL};
    announce(t);
}

/* After a resume: an event that had to wait for its turn. */
static void pending_event(void)
{
    uint64_t one = 1;

    for (struct gdb_thread *t = gdb.threads; t; t = t->next)
        if (t->event && write(gdb.wake, &one, sizeof one) < 0)
            return;
}

/* False: the connection ends. */
static bool serve_input(void)
{
    static char packet[GDB_PACKET + 64] APART;
    static struct gdb_answer a APART;
    ssize_t n = recv(connection, input + input_size, sizeof input - input_size, 0);

    if (n <= 0)
        return n < 0 && errno == EINTR;
    if (!gdb.stopped && memchr(input + input_size, 3, (size_t)n))
        on_interrupt();
    input_size += (size_t)n;
    while ((n = take_packet(packet)) >= 0) {
        a.size = 0;
        switch (gdb_packet(packet, (size_t)n, &a)) {
        case GDB_ANSWER: gdb_send(a.text, a.size); break;
        case GDB_SILENT: pending_event(); break;
        case GDB_END:
            gdb_send("OK", 2);
            return false;
        }
    }
    return true;
}

static void begin_connection(void)
{
    int yes = 1;

    connection = debug_private_fd(connection);
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    gdb_no_ack = false;
    input_size = 0;
    gdb_packets_reset();
    gdb.connected = true;
    gdb_stop_all(); /* gdb asks '?' and expects everything to stand */
    for (struct gdb_thread *t = gdb.threads; t; t = t->next) {
        t->stop = (struct gdb_stop){.sig = SIGTRAP, .why = WHY_SIGNAL};
        t->event = false;
    }
}

static void *serve(void *arg)
{
    pthread_mutex_lock(&gdb.lock);
    for (;;) {
        struct pollfd p[2] = {{connection >= 0 ? connection : listener, POLLIN, 0}, {gdb.wake, POLLIN, 0}};

        pthread_mutex_unlock(&gdb.lock);
        poll(p, 2, -1);
        pthread_mutex_lock(&gdb.lock);
        if (p[1].revents)
            on_event();
        if (!p[0].revents)
            continue;
        if (connection < 0) {
            connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
            if (connection >= 0)
                begin_connection();
        } else if (!serve_input()) {
            gdb_disconnect();
            gdb_let_go();
        }
    }
    return arg;
}

void debug_gdb_start(const char *spec, const struct debug_process *p)
{
    char *where = strdup(spec), *suspend = strstr(where, ",suspend=");
    bool wait = true;
    pthread_t thread;
    sigset_t all, old;

    if (suspend) {
        wait = suspend[9] != 'n';
        *suspend = 0;
    }
    gdb.process = p;
    gdb.pid = getpid();
    listener = debug_private_fd(strchr(where, '/') ? listen_unix(where) : listen_tcp(where));
    gdb.wake = debug_private_fd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    free(where);
    if (wait) {
        /* As if gdb were there and had not said "go" yet. */
        gdb.connected = gdb.stopped = true;
        for (struct gdb_thread *t = gdb.threads; t; t = t->next)
            t->resume = GDB_HOLD;
    }
    debug_gdb_on = true;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    if (pthread_create(&thread, NULL, serve, NULL) != 0)
        die("cannot start the gdb stub's thread (for -g)");
    pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}
