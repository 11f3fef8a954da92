/*
 * gdb_packets.c: what gdb may say and what it is told (GDB manual, appendix
 * "GDB Remote Serial Protocol"). A packet's row is found by its longest
 * matching name; an unknown packet gets the empty answer, which means "not
 * supported". All of it runs on the stub's thread while the guest stands.
 */
#include "debug/gdb.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

/* What H chose, and what qfThreadInfo has still to tell. */
static struct gdb_thread *selected;
static pid_t continue_tid;
static bool multiprocess, reports_swbreak;

/* ---- answers ---- */

void put_text(struct gdb_answer *a, const char *fmt, ...)
{
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(a->text + a->size, GDB_PACKET - a->size, fmt, ap);
    va_end(ap);
    if (n > 0)
        a->size = MIN_(a->size + (size_t)n, GDB_PACKET - 1);
}

void put_hex(struct gdb_answer *a, const void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_text(a, "%02x", ((const uint8_t *)bytes)[i]);
}

size_t put_binary(struct gdb_answer *a, const void *bytes, size_t n, size_t limit)
{
    const char *p = bytes;
    size_t i, room = MIN_(limit, (size_t)GDB_PACKET - 2);

    for (i = 0; i < n && a->size + 2 <= room; i++) {
        if (strchr("#$}*", p[i]) && p[i]) {
            a->text[a->size++] = '}';
            a->text[a->size++] = (char)(p[i] ^ 0x20);
        } else {
            a->text[a->size++] = p[i];
        }
    }
    return i;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

size_t gdb_from_hex(void *to, const char *hex, size_t room)
{
    size_t n = 0;

    for (; n < room && hex_digit(hex[2 * n]) >= 0 && hex_digit(hex[2 * n + 1]) >= 0; n++)
        ((uint8_t *)to)[n] = (uint8_t)(hex_digit(hex[2 * n]) << 4 | hex_digit(hex[2 * n + 1]));
    return n;
}

size_t gdb_unescape(char *p, size_t n)
{
    size_t out = 0;

    for (size_t i = 0; i < n; i++)
        p[out++] = p[i] == '}' && i + 1 < n ? (char)(p[++i] ^ 0x20) : p[i];
    return out;
}

static void put_error(struct gdb_answer *a, unsigned number)
{
    put_text(a, "E%02x", number);
}

static void put_ok(struct gdb_answer *a)
{
    put_text(a, "OK");
}

/* ---- signals: gdb has numbers of its own ---- */

static const uint8_t gdb_signals[32] = {
    [1] = 1, [2] = 2, [3] = 3, [4] = 4, [5] = 5, [6] = 6, [7] = 10, [8] = 8, [9] = 9, [10] = 30, [11] = 11,
    [12] = 31, [13] = 13, [14] = 14, [15] = 15, [16] = 143, [17] = 20, [18] = 19, [19] = 17, [20] = 18, [21] = 21,
    [22] = 22, [23] = 16, [24] = 24, [25] = 25, [26] = 26, [27] = 27, [28] = 28, [29] = 23, [30] = 32, [31] = 12,
};

int gdb_signal_from_guest(int sig)
{
    if (sig >= 0 && sig < 32)
        return gdb_signals[sig];
    return sig == 32 ? 77 : sig == 64 ? 78 : sig - 33 + 45;
}

int gdb_signal_to_guest(int sig)
{
    for (int i = 1; i <= 64; i++)
        if (gdb_signal_from_guest(i) == sig)
            return i;
    return 0;
}

/* ---- threads ---- */

static void put_thread_id(struct gdb_answer *a, const struct gdb_thread *t)
{
    if (multiprocess)
        put_text(a, "p%x.%x", (unsigned)gdb.pid, (unsigned)t->tid);
    else
        put_text(a, "%x", (unsigned)t->tid);
}

/* "p1f.20", "p1f.-1", "20", "-1", "0" -> tid, -1 for all, 0 for any. */
static pid_t parse_tid(const char *s, const char **end)
{
    char *rest = (char *)s;
    long tid = -1;

    if (*s == 'p') {
        strtol(s + 1, &rest, 16);
        if (*rest == '.')
            tid = strtol(rest + 1, &rest, 16);
    } else {
        tid = strtol(s, &rest, 16);
    }
    if (end)
        *end = rest;
    return (pid_t)tid;
}

static struct gdb_thread *current(void)
{
    /* It may have ended since H named it. */
    for (struct gdb_thread *t = gdb.threads; t; t = t->next)
        if (t == selected)
            return t;
    return selected = gdb_thread_by_tid(0);
}

void gdb_stop_reply(const struct gdb_thread *t, struct gdb_answer *a)
{
    static const char *const reasons[] = {
        [WHY_WATCH] = "watch:%" PRIx64 ";", [WHY_RWATCH] = "rwatch:%" PRIx64 ";", [WHY_AWATCH] = "awatch:%" PRIx64 ";",
        [WHY_SYSCALL_ENTRY] = "syscall_entry:%" PRIx64 ";", [WHY_SYSCALL_RETURN] = "syscall_return:%" PRIx64 ";",
    };
    char reason[64] = "";

    selected = (struct gdb_thread *)t;
    continue_tid = 0;
    put_text(a, "T%02xthread:", (unsigned)gdb_signal_from_guest(t->stop.sig));
    put_thread_id(a, t);
    put_text(a, ";");
    if (t->stop.why == WHY_SWBREAK && reports_swbreak)
        put_text(a, "swbreak:;");
    if (t->stop.why < ARRAY_SIZE(reasons) && reasons[t->stop.why]) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(reason, sizeof reason, reasons[t->stop.why], t->stop.value);
#pragma GCC diagnostic pop
        put_text(a, "%s", reason);
    }
}

static enum gdb_outcome halt_reason(char *args, size_t size, struct gdb_answer *a)
{
    if (current())
        gdb_stop_reply(current(), a);
    else
        put_text(a, "W00");
    return GDB_ANSWER;
}

static enum gdb_outcome select_thread(char *args, size_t size, struct gdb_answer *a)
{
    pid_t tid = parse_tid(args + 1, NULL);
    struct gdb_thread *t = gdb_thread_by_tid(tid);

    if (!t) {
        put_error(a, 3);
        return GDB_ANSWER;
    }
    if (*args == 'g')
        selected = tid > 0 ? t : current();
    else
        continue_tid = tid;
    put_ok(a);
    return GDB_ANSWER;
}

static enum gdb_outcome thread_alive(char *args, size_t size, struct gdb_answer *a)
{
    pid_t tid = parse_tid(args, NULL);

    if (tid > 0 && gdb_thread_by_tid(tid))
        put_ok(a);
    else
        put_error(a, 3);
    return GDB_ANSWER;
}

static enum gdb_outcome first_threads(char *args, size_t size, struct gdb_answer *a)
{
    char separator = 'm';

    for (struct gdb_thread *t = gdb.threads; t; t = t->next) {
        put_text(a, "%c", separator);
        put_thread_id(a, t);
        separator = ',';
    }
    return GDB_ANSWER;
}

static enum gdb_outcome more_threads(char *args, size_t size, struct gdb_answer *a)
{
    put_text(a, "l"); /* the first answer held them all */
    return GDB_ANSWER;
}

static enum gdb_outcome current_thread(char *args, size_t size, struct gdb_answer *a)
{
    put_text(a, "QC");
    if (current())
        put_thread_id(a, current());
    return GDB_ANSWER;
}

/* ---- registers ---- */

static enum gdb_outcome read_registers(char *args, size_t size, struct gdb_answer *a)
{
    const struct gdb_registers *regs = gdb.process->registers;
    uint8_t value[64];

    for (unsigned n = 0; current() && n < regs->count; n++) {
        regs->read(current()->cpu, n, value);
        put_hex(a, value, regs->size(n));
    }
    return GDB_ANSWER;
}

static enum gdb_outcome write_registers(char *args, size_t size, struct gdb_answer *a)
{
    const struct gdb_registers *regs = gdb.process->registers;
    uint8_t value[64];

    for (unsigned n = 0; current() && n < regs->count; n++) {
        if (gdb_from_hex(value, args, regs->size(n)) != regs->size(n))
            break; /* shorter packets write the first registers */
        regs->write(current()->cpu, n, value);
        args += 2 * regs->size(n);
    }
    put_ok(a);
    return GDB_ANSWER;
}

static enum gdb_outcome read_register(char *args, size_t size, struct gdb_answer *a)
{
    const struct gdb_registers *regs = gdb.process->registers;
    unsigned n = (unsigned)strtoul(args, NULL, 16);
    uint8_t value[64];

    if (!regs->size(n) || !current()) {
        put_error(a, 1);
        return GDB_ANSWER;
    }
    regs->read(current()->cpu, n, value);
    put_hex(a, value, regs->size(n));
    return GDB_ANSWER;
}

static enum gdb_outcome write_register(char *args, size_t size, struct gdb_answer *a)
{
    const struct gdb_registers *regs = gdb.process->registers;
    char *equals;
    unsigned n = (unsigned)strtoul(args, &equals, 16);
    uint8_t value[64];

    if (*equals != '=' || !regs->size(n) || !current() ||
        gdb_from_hex(value, equals + 1, regs->size(n)) != regs->size(n)) {
        put_error(a, 1);
        return GDB_ANSWER;
    }
    regs->write(current()->cpu, n, value);
    put_ok(a);
    return GDB_ANSWER;
}

/* ---- memory ---- */

/* "addr,length" and what follows. */
static bool parse_range(char *args, uint64_t *addr, uint64_t *length, char **rest)
{
    *addr = strtoull(args, &args, 16);
    if (*args != ',')
        return false;
    *length = strtoull(args + 1, rest, 16);
    return true;
}

/* As much as is mapped, from the start. */
static size_t read_some(uint64_t addr, uint8_t *to, size_t n)
{
    size_t done = 0;

    if (gdb.process->read(addr, to, n))
        return n;
    while (done < n && gdb.process->read(addr + done, to + done, 1))
        done++;
    return done;
}

static enum gdb_outcome read_memory(char *args, size_t size, struct gdb_answer *a)
{
    static uint8_t bytes[GDB_PACKET / 2] APART;
    uint64_t addr, length = 1;
    size_t n = 0;
    char *rest;

    if (parse_range(args, &addr, &length, &rest))
        n = read_some(addr, bytes, MIN_(length, sizeof bytes - 1));
    if (n || !length)
        put_hex(a, bytes, n);
    else
        put_error(a, 14);
    return GDB_ANSWER;
}

static enum gdb_outcome write_memory(char *args, size_t size, struct gdb_answer *a)
{
    static uint8_t bytes[GDB_PACKET / 2] APART;
    uint64_t addr, length;
    char *rest;

    if (parse_range(args, &addr, &length, &rest) && *rest == ':' && length <= sizeof bytes &&
        gdb_from_hex(bytes, rest + 1, length) == length && gdb.process->write(addr, bytes, length))
        put_ok(a);
    else
        put_error(a, 14);
    return GDB_ANSWER;
}

static enum gdb_outcome write_binary(char *args, size_t size, struct gdb_answer *a)
{
    uint64_t addr, length;
    char *rest;

    if (parse_range(args, &addr, &length, &rest) && *rest == ':' &&
        gdb_unescape(rest + 1, size - (size_t)(rest + 1 - args)) == length &&
        (!length || gdb.process->write(addr, rest + 1, length)))
        put_ok(a);
    else
        put_error(a, 14);
    return GDB_ANSWER;
}

static enum gdb_outcome point(char *args, struct gdb_answer *a, bool (*change)(unsigned, uint64_t, uint64_t))
{
    uint64_t addr, kind;
    unsigned type = (unsigned)(*args - '0');
    char *rest;

    if (type > 4 || args[1] != ',' || !parse_range(args + 2, &addr, &kind, &rest))
        return GDB_ANSWER; /* not supported */
    if (change(type, addr, kind))
        put_ok(a);
    else
        put_error(a, 28);
    return GDB_ANSWER;
}

static enum gdb_outcome insert_point(char *args, size_t size, struct gdb_answer *a)
{
    return point(args, a, gdb_insert_point);
}

static enum gdb_outcome remove_point(char *args, size_t size, struct gdb_answer *a)
{
    return point(args, a, gdb_remove_point);
}

/* ---- going on ---- */

static void set_action(struct gdb_thread *t, char action, int sig, uint64_t start, uint64_t end)
{
    t->resume = action == 's' || action == 'S' || action == 'r' ? GDB_STEP : GDB_RUN;
    t->give_signal = gdb_signal_to_guest(sig);
    t->range_start = start;
    t->range_end = end;
}

/* One action of vCont, "s:p1.2" or "C05:..." or "r1000,1010:...", for the threads that have none yet. */
static char *apply_action(char *p)
{
    char action = *p++;
    uint64_t start = 0, end = 0;
    int sig = 0;
    pid_t tid = -1;

    if (action == 'C' || action == 'S')
        sig = (int)strtol(p, &p, 16);
    if (action == 'r')
        parse_range(p, &start, &end, &p);
    if (*p == ':')
        tid = parse_tid(p + 1, (const char **)&p);
    for (struct gdb_thread *t = gdb.threads; t; t = t->next)
        if (t->resume == GDB_HOLD && (tid == -1 || tid == t->tid || (tid == 0 && t == current())) && action != 't')
            set_action(t, action, sig, start, end);
    return p;
}

static enum gdb_outcome vcont(char *args, size_t size, struct gdb_answer *a)
{
    while (*args == ';')
        args = apply_action(args + 1);
    gdb_resume_all();
    return GDB_SILENT;
}

static enum gdb_outcome vcont_query(char *args, size_t size, struct gdb_answer *a)
{
    put_text(a, "vCont;c;C;s;S;t;r");
    return GDB_ANSWER;
}

/* c C s S: with Hc's thread; the others go on as well. */
static enum gdb_outcome resume_old(char action, char *args)
{
    struct gdb_thread *t = continue_tid > 0 ? gdb_thread_by_tid(continue_tid) : current();
    int sig = action == 'C' || action == 'S' ? (int)strtol(args, NULL, 16) : 0;

    if (t)
        set_action(t, action, sig, 0, 0);
    for (t = gdb.threads; t; t = t->next)
        if (t->resume == GDB_HOLD)
            set_action(t, 'c', 0, 0, 0);
    gdb_resume_all();
    return GDB_SILENT;
}

#define RESUME(name, letter) \
    static enum gdb_outcome name(char *args, size_t size, struct gdb_answer *a) { return resume_old(letter, args); }
RESUME(go, 'c')
RESUME(go_signal, 'C')
RESUME(step, 's')
RESUME(step_signal, 'S')
#undef RESUME

static enum gdb_outcome detach(char *args, size_t size, struct gdb_answer *a)
{
    return GDB_END;
}

static enum gdb_outcome end_process(char *args, size_t size, struct gdb_answer *a)
{
    gdb_send("OK", 2);
    kill(getpid(), SIGKILL);
    return GDB_SILENT;
}

/* ---- questions and settings ---- */

static enum gdb_outcome supported(char *args, size_t size, struct gdb_answer *a)
{
    multiprocess = strstr(args, "multiprocess+") != NULL;
    reports_swbreak = strstr(args, "swbreak+") != NULL;
    put_text(a, "PacketSize=%x;QStartNoAckMode+;QPassSignals+;QCatchSyscalls+;vContSupported+;swbreak+;"
                "qXfer:features:read+;qXfer:auxv:read+;qXfer:exec-file:read+;qXfer:threads:read+;"
                "qXfer:siginfo:read+%s", GDB_PACKET - 64, multiprocess ? ";multiprocess+" : "");
    return GDB_ANSWER;
}

static enum gdb_outcome no_ack_mode(char *args, size_t size, struct gdb_answer *a)
{
    put_ok(a);
    gdb_no_ack = true;
    return GDB_ANSWER;
}

static enum gdb_outcome pass_signals(char *args, size_t size, struct gdb_answer *a)
{
    gdb.pass_signals = 0;
    while (*args) {
        int sig = gdb_signal_to_guest((int)strtol(args, &args, 16));

        if (sig)
            gdb.pass_signals |= 1ull << (sig & 63);
        args += *args == ';';
        if (*args && hex_digit(*args) < 0)
            break;
    }
    put_ok(a);
    return GDB_ANSWER;
}

static enum gdb_outcome catch_syscalls(char *args, size_t size, struct gdb_answer *a)
{
    memset(gdb.catch_syscalls, 0, sizeof gdb.catch_syscalls);
    gdb.catch_all = args[0] == '1' && args[1] != ';';
    for (args++; *args == ';';) {
        unsigned long nr = strtoul(args + 1, &args, 16);

        if (nr < 1024)
            gdb.catch_syscalls[nr / 64] |= 1ull << nr % 64;
    }
    put_ok(a);
    return GDB_ANSWER;
}

static enum gdb_outcome offsets(char *args, size_t size, struct gdb_answer *a)
{
    uint64_t bias = gdb.process->text_bias;

    put_text(a, "Text=%" PRIx64 ";Data=%" PRIx64 ";Bss=%" PRIx64, bias, bias, bias);
    return GDB_ANSWER;
}

static enum gdb_outcome attached(char *args, size_t size, struct gdb_answer *a)
{
    put_text(a, "0"); /* started under gdb: leaving gdb ends it */
    return GDB_ANSWER;
}

static enum gdb_outcome symbol(char *args, size_t size, struct gdb_answer *a)
{
    put_ok(a); /* there is no symbol that we would want */
    return GDB_ANSWER;
}

static enum gdb_outcome xfer(char *args, size_t size, struct gdb_answer *a)
{
    gdb_xfer_thread(current());
    gdb_xfer(args, a);
    return GDB_ANSWER;
}

static enum gdb_outcome vfile(char *args, size_t size, struct gdb_answer *a)
{
    gdb_vfile(args, size, a);
    return GDB_ANSWER;
}

/* "monitor ...": the text that is typed comes and goes as hex. */
static enum gdb_outcome monitor(char *args, size_t size, struct gdb_answer *a)
{
    char command[128] = "", text[512];

    gdb_from_hex(command, args, sizeof command - 1);
    if (!strcmp(command, "pc") && current()) {
        uint64_t pc = ldle64((char *)vcpu_state(current()->cpu) + gdb.process->arch->pc_offset);
        char where[400];

        snprintf(text, sizeof text, "%s\n", debug_where(pc, where, sizeof where));
    } else {
        snprintf(text, sizeof text, "commands: pc (where the current thread is, by moa's own symbols), help\n");
    }
    put_hex(a, text, strlen(text));
    return GDB_ANSWER;
}

/* ---- the table ---- */

static const struct packet {
    const char *name;
    enum gdb_outcome (*answer)(char *args, size_t size, struct gdb_answer *a);
} packets[] = {
    {"?", halt_reason},
    {"C", go_signal},
    {"D", detach},
    {"G", write_registers},
    {"H", select_thread},
    {"M", write_memory},
    {"P", write_register},
    {"QCatchSyscalls:", catch_syscalls},
    {"QPassSignals:", pass_signals},
    {"QStartNoAckMode", no_ack_mode},
    {"S", step_signal},
    {"T", thread_alive},
    {"X", write_binary},
    {"Z", insert_point},
    {"c", go},
    {"g", read_registers},
    {"k", end_process},
    {"m", read_memory},
    {"p", read_register},
    {"qAttached", attached},
    {"qC", current_thread},
    {"qOffsets", offsets},
    {"qRcmd,", monitor},
    {"qSupported", supported},
    {"qSymbol", symbol},
    {"qXfer:", xfer},
    {"qfThreadInfo", first_threads},
    {"qsThreadInfo", more_threads},
    {"s", step},
    {"vCont", vcont},
    {"vCont?", vcont_query},
    {"vFile:", vfile},
    {"vKill", end_process},
    {"z", remove_point},
};

void gdb_packets_reset(void)
{
    selected = NULL;
    continue_tid = 0;
    multiprocess = reports_swbreak = false;
}

enum gdb_outcome gdb_packet(char *packet, size_t size, struct gdb_answer *a)
{
    const struct packet *best = NULL;
    size_t length = 0;

    for (size_t i = 0; i < ARRAY_SIZE(packets); i++) {
        size_t n = strlen(packets[i].name);

        if (n > length && n <= size && !memcmp(packet, packets[i].name, n)) {
            best = &packets[i];
            length = n;
        }
    }
    return best ? best->answer(packet + length, size - length, a) : GDB_ANSWER;
}
