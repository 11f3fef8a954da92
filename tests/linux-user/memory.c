/*
 * memory.c: mmap, mremap, mprotect, brk and shared memory: what is where, what
 * is in it, and which error comes back.
 */
#include "linux-user/check.h"

#include <stdbool.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/wait.h>

#define PAGE 4096

static char *map(size_t pages)
{
    return mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void mremap_moves_grows_and_shrinks(void)
{
    char *p = map(8), *q, *r;

    strcpy(p + 7 * PAGE, "gone");
    CHECK(mremap(p, 8 * PAGE, 4 * PAGE, 0) == p);
    CHECK_ERRNO(msync(p + 5 * PAGE, PAGE, MS_ASYNC), ENOMEM);
    strcpy(p, "kept");
    q = mremap(p, 4 * PAGE, 64 * PAGE, MREMAP_MAYMOVE);
    CHECK(q != MAP_FAILED && !strcmp(q, "kept") && q[7 * PAGE] == 0 && q[64 * PAGE - 1] == 0);
    r = map(4);
    r[0] = 5;
    CHECK(mremap(r, 4 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, q + 10 * PAGE) == q + 10 * PAGE && q[10 * PAGE] == 5);
    CHECK(mremap(q, PAGE, PAGE, MREMAP_FIXED, r) == MAP_FAILED && errno == EINVAL);
    CHECK(mremap(q + 1, PAGE, PAGE, 0) == MAP_FAILED && errno == EINVAL);
    CHECK(munmap(q, 64 * PAGE) == 0);
}

static void a_file_s_mapping_is_mapped_twice(void)
{
    FILE *f = tmpfile();
    char text[2 * PAGE], *p, *q, *r;

    memset(text, 'x', sizeof text);
    CHECK(fwrite(text, sizeof text, 1, f) == 1 && fflush(f) == 0);
    p = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fileno(f), 0);
    q = mremap(p, PAGE, 2 * PAGE, MREMAP_MAYMOVE);
    CHECK(q != MAP_FAILED && q[2 * PAGE - 1] == 'x');
    r = mremap(q, 0, 2 * PAGE, MREMAP_MAYMOVE);
    CHECK(r != MAP_FAILED && r != q && r[5000] == 'x' && q[5000] == 'x');
    CHECK(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fileno(f), 100) == MAP_FAILED && errno == EINVAL);
    fclose(f);
}

static void errors(void)
{
    char *p = map(1);

    CHECK(mmap(p, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED && errno == EEXIST);
    CHECK(mmap(p + 1, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED && errno == EINVAL);
    CHECK(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EINVAL);
    CHECK(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, -1, 0) == MAP_FAILED && errno == EBADF);
    CHECK_ERRNO(munmap(p + 1, PAGE), EINVAL);
    CHECK_ERRNO(munmap(p, 0), EINVAL);
    CHECK_ERRNO(mprotect((void *)0x1000, PAGE, PROT_READ), ENOMEM);
    CHECK_ERRNO(mprotect(p + 1, PAGE, PROT_READ), EINVAL);
    CHECK(munmap(p, PAGE) == 0 && munmap(p, PAGE) == 0);
}

static void brk_grows_and_shrinks_with_zeros(void)
{
    char *at = sbrk(0);

    CHECK(sbrk(100000) == at && at[99999] == 0);
    memset(at, 1, 100000);
    CHECK(sbrk(-100000) != (void *)-1 && sbrk(0) == at);
    CHECK(sbrk(100000) == at && at[50000] == 0);
    CHECK(sbrk(-100000) != (void *)-1);
}

static void segments_are_shared(void)
{
    int id = shmget(IPC_PRIVATE, 3 * PAGE, IPC_CREAT | 0600), status;
    char *p = shmat(id, NULL, 0), *q = shmat(id, NULL, SHM_RDONLY);
    pid_t pid;

    CHECK(p != (void *)-1 && q != (void *)-1 && p != q);
    strcpy(p + 2 * PAGE, "both");
    CHECK(!strcmp(q + 2 * PAGE, "both"));
    pid = fork();
    if (!pid)
        strcpy(p, "child"), _exit(0);
    CHECK(waitpid(pid, &status, 0) == pid && status == 0 && !strcmp(q, "child"));
    CHECK(shmdt(p) == 0 && shmdt(q) == 0);
    CHECK_ERRNO(shmdt(p), EINVAL);
    CHECK(shmctl(id, IPC_RMID, NULL) == 0);
}

static void limits_are_the_guest_s(void)
{
    struct rlimit l;
    pid_t pid = fork();
    int status;

    if (!pid) {
        getrlimit(RLIMIT_AS, &l);
        l.rlim_cur = 200 << 20;
        setrlimit(RLIMIT_AS, &l);
        _exit(mmap(NULL, 300 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED || map(4) == MAP_FAILED);
    }
    CHECK(waitpid(pid, &status, 0) == pid && status == 0);
}

/* A model of what is mapped: no piece may lie on another, lose its bytes or have old ones. */
static struct piece { char *at; unsigned pages; char mark; } pieces[400];

static bool holds(const struct piece *p, unsigned from)
{
    for (unsigned i = 0; i < p->pages; i++)
        if (p->at[i * PAGE] != (i < from ? p->mark : 0))
            return false;
    return true;
}

static void fill(struct piece *p)
{
    for (unsigned i = 0; i < p->pages; i++)
        p->at[i * PAGE] = p->mark;
}

static void random_maps_agree_with_a_model(void)
{
    unsigned s = 1;

    for (unsigned i = 0; i < 20000 && !failures; i++) {
        struct piece *p = &pieces[(s >> 8) % 400];

        s = s * 1103515245 + 12345;
        if (!p->at) {
            *p = (struct piece){map(1 + (s >> 18) % 60), 1 + (s >> 18) % 60, (char)(1 + i % 100)};
            CHECK(p->at != MAP_FAILED && holds(p, 0));
            fill(p);
        } else if ((s >> 20) % 4 == 0) {
            unsigned old = p->pages;

            CHECK(holds(p, old));
            p->pages = 1 + (s >> 22) % 60;
            p->at = mremap(p->at, old * PAGE, p->pages * PAGE, MREMAP_MAYMOVE);
            CHECK(p->at != MAP_FAILED && holds(p, old));
            fill(p);
        } else {
            CHECK(holds(p, p->pages));
            CHECK(munmap(p->at, p->pages * PAGE) == 0);
            p->at = NULL;
        }
    }
}

static void the_whole_space_can_be_used(void)
{
    unsigned n = 0;

    while (mmap(NULL, 64 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED && n < 100)
        n++;
    CHECK(sizeof(void *) > 4 || (errno == ENOMEM && n >= 40 && n < 64));
}

int main(void)
{
    mremap_moves_grows_and_shrinks();
    a_file_s_mapping_is_mapped_twice();
    errors();
    brk_grows_and_shrinks_with_zeros();
    segments_are_shared();
    limits_are_the_guest_s();
    random_maps_agree_with_a_model();
    the_whole_space_can_be_used();
    return failures;
}
