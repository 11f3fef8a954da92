/*
 * source.c: guest bytes for a translation, read in windows of 64 bytes, and
 * what was read, since the translation depends on it. A source belongs to one
 * thread; reading takes no lock.
 */
#include "runtime/internal.h"

#include <ucontext.h>

/*
 * Copies 64 bytes, or returns false when the source faults: another thread may
 * unmap what we read. The handler sends us to code_copy_fail.
 */
_Static_assert(CODE_WINDOW == 64, "code_copy copies so much");
_Static_assert(GUEST_PAGE / CODE_WINDOW == 64, "a bit for each window of a page");
extern const char code_copy_end[], code_copy_fail[];
__asm__(".text\n"
        ".globl code_copy, code_copy_end, code_copy_fail\n"
        ".hidden code_copy, code_copy_end, code_copy_fail\n"
        ".type code_copy, @function\n"
        "code_copy:\n"
        "  movdqu (%rsi), %xmm0\n"
        "  movdqu 16(%rsi), %xmm1\n"
        "  movdqu 32(%rsi), %xmm2\n"
        "  movdqu 48(%rsi), %xmm3\n"
        "  movdqu %xmm0, (%rdi)\n"
        "  movdqu %xmm1, 16(%rdi)\n"
        "  movdqu %xmm2, 32(%rdi)\n"
        "  movdqu %xmm3, 48(%rdi)\n"
        "  mov $1, %eax\n"
        "  ret\n"
        "code_copy_end:\n"
        "code_copy_fail:\n"
        "  xor %eax, %eax\n"
        "  ret\n"
        ".size code_copy, . - code_copy\n");

bool code_copy_fault(void *ucontext)
{
    greg_t *pc = &((ucontext_t *)ucontext)->uc_mcontext.gregs[REG_RIP];

    if ((uint64_t)*pc < (uint64_t)code_copy || (uint64_t)*pc >= (uint64_t)code_copy_end)
        return false;
    *pc = (greg_t)code_copy_fail;
    return true;
}

static bool may_execute(const struct source *s, uint64_t page)
{
    if (!(page_flags_at(page * GUEST_PAGE) & PAGE_EXEC))
        return false;
    if (s->peeking && pages_any_worn) {
        /* Writes to such a page are not seen until the guest says so: it may hold half of the code. */
        const struct code_page *p = page_find(page * GUEST_PAGE);
        return !p || p->hits < PAGE_MAX_HITS;
    }
    return true;
}

/* The row of a page that may be read, or NULL. A row that is there has been found to be; but for peeking there is more to it. */
static __attribute__((noinline)) struct read_page *look_for_page(struct source *s, uint64_t page)
{
    unsigned i = 0;

    while (i < s->npages && s->page[i].page != page)
        i++;
    if ((i == s->npages || s->unwatched) && !may_execute(s, page))
        return NULL;
    if (i == s->npages) {
        if (i == (s->peeking ? MAX_READ_PAGES * 3 / 4 : MAX_READ_PAGES))
            return NULL;
        s->page[s->npages++] = (struct read_page){.page = page};
    }
    s->row[page % ARRAY_SIZE(s->row)] = (uint8_t)i;
    return &s->page[i];
}

static inline struct read_page *find_page(struct source *s, uint64_t page)
{
    unsigned i = s->row[page % ARRAY_SIZE(s->row)];

    return i < s->npages && s->page[i].page == page ? &s->page[i] : look_for_page(s, page);
}

/* The window around pc, or NULL: it cannot be read. What the translation depends on grows by windows. */
static const uint8_t *load_window(struct source *s, uint64_t pc)
{
    struct code_source *c = &s->source;
    uint64_t start = align_down(pc, CODE_WINDOW);
    unsigned i = start / CODE_WINDOW % CODE_WINDOWS;
    struct read_page *p;

    if (c->window_tag[i] == (start | 1))
        return c->window[i];
    c->window_tag[i] = 0;
    p = find_page(s, pc / GUEST_PAGE);
    if (!p)
        return NULL;
    if (!code_copy(c->window[i], (const void *)(rt.mem.base + start)))
        return NULL;
    p->windows |= 1ull << start / CODE_WINDOW % 64;
    c->window_tag[i] = start | 1;
    return c->window[i];
}

const uint8_t *source_window_at(struct code_source *base, uint64_t pc)
{
    return load_window(container_of(base, struct source, source), rt.arch->address_bits == 32 ? (uint32_t)pc : pc);
}

bool source_read(struct code_source *base, uint64_t pc, void *buf, unsigned n)
{
    struct source *s = container_of(base, struct source, source);

    while (n) {
        unsigned at, part;
        const uint8_t *w;

        if (rt.arch->address_bits == 32)
            pc = (uint32_t)pc;
        at = pc % CODE_WINDOW;
        part = MIN_(n, CODE_WINDOW - at);
        w = load_window(s, pc);
        if (!w)
            return false;
        memcpy(buf, w + at, part);
        buf = (char *)buf + part;
        pc += part;
        n -= part;
    }
    return true;
}

static void forget_windows(struct source *s)
{
    memset(s->source.window_tag, 0, sizeof s->source.window_tag);
}

void source_forget(struct source *s)
{
    forget_windows(s);
    s->npages = 0;
    s->peeking = s->unwatched = false;
}

/* From now on what is read is only looked at; what is there already will do, if such a look may read it. */
void source_peek(struct source *s)
{
    if (s->unwatched) {
        forget_windows(s);
        memset(s->row, MAX_READ_PAGES, sizeof s->row);
    }
    s->peeking = true;
}

/* Has the source code on pages whose changes are not seen? */
bool source_is_unwatched(const struct source *s)
{
    for (unsigned i = 0; i < s->npages; i++)
        if (page_is_unwatched(s->page[i].page * GUEST_PAGE))
            return true;
    return false;
}
