/*
 * vcpu.c: a vcpu's memory, its list, and the loop that runs it: find the
 * region, enter, look at how it was left. System calls and signals go through
 * vcpu_run, so what it does each time is kept short.
 */
#include "runtime/internal.h"
#include "util/log.h"

#include <asm/prctl.h>
#include <errno.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define RETURN_STACK (256 << 10) /* touched as deep as the guest calls */
#define SIGNAL_STACK (64 << 10)
#define FIRST_JUMP_ENTRIES 256 /* one page */

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
/* At a thread's end AddressSanitizer unmaps the signal stack that it finds there, and takes it for its own. */
__attribute__((visibility("default"))) const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "use_sigaltstack=0";
}
/* Helpers that fault never return: what lies on the stack where their frames were is no error. */
#define forget_frames() __asan_handle_no_return()
#else
#define forget_frames() ((void)0)
#endif

static __thread struct vcpu *current;

struct vcpu *vcpu_current(void)
{
    return current;
}

/* ---- memory: vcpu, guest's state and our own part | signal stack | guard | return stack ---- */

static size_t body_size(void)
{
    return align_up(VCPU_STATE + align_up(rt.arch->state_size, 64) + sizeof(struct vcpu_private), GUEST_PAGE);
}

/* An empty entry must not match. Entry 0 is looked at with any target while jump_mask is 0, and
 * all ones is nobody's code address; for another entry a target that belongs elsewhere will do. */
static void empty_entry(struct vcpu *c, unsigned i)
{
    __atomic_store_n(&c->jump_cache[i].target, i ? (uint64_t)(i ^ 1) << rt.arch->code_shift : ~0ull, __ATOMIC_RELEASE);
}

void vcpu_reset_code(struct vcpu *c)
{
    madvise(c->jump_cache, sizeof c->jump_cache, MADV_DONTNEED);
    empty_entry(c, 0);
    c->code_stack = NULL;
}

/* Jump cache and return stack hold for one set of mode bits; mode is that of the code to run next. */
static void check_mode(struct vcpu *c, uint32_t mode)
{
    struct vcpu_private *p = private_of(c);
    uint32_t target_mode = rt.arch->key_of_target(c, 0).mode;

    if (target_mode != p->target_mode)
        vcpu_reset_code(c);
    p->target_mode = target_mode;
    p->mode = mode;
}

static struct vcpu *allocate(void)
{
    size_t body = body_size(), size = body + SIGNAL_STACK + GUEST_PAGE + RETURN_STACK;
    char *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    struct vcpu *c = (struct vcpu *)p;
    struct vcpu_private *own;

    if (p == MAP_FAILED || mprotect(p + body + SIGNAL_STACK, GUEST_PAGE, PROT_NONE))
        die("cannot allocate %zu KiB for a thread: %s", size >> 10, strerror(errno));
    c->return_stack = p + size - RETURN_STACK;
    c->return_stack_top = p + size;
    empty_entry(c, 0);
    own = private_of(c);
    own->vcpu = c;
    own->mapped = size;
    return c;
}

static void add_to_list(struct vcpu *c)
{
    struct vcpu_private *p = private_of(c);

    translation_lock();
    p->next = rt.vcpus;
    p->link = &rt.vcpus;
    if (p->next)
        p->next->link = &p->next;
    rt.vcpus = p;
    rt.nvcpus++;
    translation_unlock();
}

static void set_up(struct vcpu *c, const struct guest_arch *arch)
{
    struct vcpu_private *p = private_of(c);

    c->arch = arch;
    c->mem_base = rt.mem.base;
    c->helpers = rt.helpers;
    c->mxcsr_host = 0x1f80;
    c->jump_mask = p->jump_mask = JUMP_MASK(FIRST_JUMP_ENTRIES);
    p->interp.state = vcpu_state(c);
    p->interp.fp = &c->fp;
    p->interp.owner = c;
    p->interp.mem_base = rt.mem.base;
    p->interp.strip = (uint8_t)rt.arch->address_ignore_top;
    add_to_list(c);
}

struct vcpu *vcpu_new(const struct guest_arch *arch, const struct guest_cpu_model *model)
{
    struct vcpu *c = allocate();

    c->model = model;
    set_up(c, arch);
    arch->reset(c, model);
    check_mode(c, arch->key(c).mode);
    return c;
}

struct vcpu *vcpu_clone(const struct vcpu *from)
{
    struct vcpu *c = allocate();

    c->model = from->model;
    c->fp = from->fp;
    c->fp_std = from->fp_std;
    c->mxcsr_guest = from->mxcsr_guest;
    memcpy(vcpu_state(c), (const char *)from + VCPU_STATE, rt.arch->state_size);
    set_up(c, from->arch);
    check_mode(c, from->arch->key(c).mode);
    return c;
}

void vcpu_free(struct vcpu *c)
{
    struct vcpu_private *p = private_of(c);

    translation_lock();
    *p->link = p->next;
    if (p->next)
        p->next->link = p->link;
    rt.nvcpus--;
    translation_unlock();
    if (c == current)
        current = NULL;
    first_run_free(p);
    munmap(c, p->mapped);
}

void vcpu_attach(struct vcpu *c)
{
    stack_t stack = {.ss_sp = (char *)c + body_size(), .ss_size = SIGNAL_STACK};

    current = c;
    sigaltstack(&stack, NULL);
    if (rt.mem.base && syscall(SYS_arch_prctl, ARCH_SET_GS, rt.mem.base))
        die("cannot set the gs base: %s", strerror(errno));
}

/* ---- what a vcpu remembers of translated code ---- */

static unsigned jump_index(const struct vcpu *c, uint64_t target)
{
    return target >> rt.arch->code_shift & __atomic_load_n(&private_of(c)->jump_mask, __ATOMIC_RELAXED) / 16;
}

/*
 * What most programs jump to fits in a page. Whoever fills more gets four times as many entries: those whose place is
 * another one now are never asked for again, even before vcpu_forget_code() no longer looks there; empty ones stay so.
 */
static void grow_jump_cache(struct vcpu *c)
{
    struct vcpu_private *p = private_of(c);
    uint32_t entries = p->jump_mask / 16 + 1, old = p->jump_mask, new = JUMP_MASK(4 * entries);

    if (2 * ++p->jump_fills < entries || entries == JUMP_CACHE_SIZE)
        return;
    p->jump_fills = 0;
    __atomic_compare_exchange_n(&c->jump_mask, &old, new, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED); /* not if it is 0 */
    __atomic_store_n(&p->jump_mask, new, __ATOMIC_RELAXED);
}

/* The index leaves out the lowest bits, in which a target and its pc may differ. */
void vcpu_forget_code(struct vcpu *c, const struct region *r)
{
    unsigned i = jump_index(c, r->key.pc);

    if (c->jump_cache[i].code == region_code(r))
        empty_entry(c, i);
}

/*
 * Another thread may be dropping r just now: it marks r as dead,
 * then sweeps the caches; we fill, then look at the mark. Likewise a kick sets
 * the mask, then empties entry 0.
 */
static void fill_jump_cache(struct vcpu *c, uint64_t target, const struct region *r)
{
    struct jump_cache_entry *e;

    grow_jump_cache(c);
    e = &c->jump_cache[jump_index(c, target)];
    e->code = region_code(r);
    e->target = target;
    if (rt.nvcpus > 1 || e == c->jump_cache)
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (__atomic_load_n(&r->flags, __ATOMIC_ACQUIRE) & REGION_DEAD || (e == c->jump_cache && !c->jump_mask))
        empty_entry(c, (unsigned)(e - c->jump_cache));
}

/* ---- stopping ---- */

/* Back-edges and calls look at poll; indirect jumps do not, they all miss while the mask is 0. */
static void poll_for(struct vcpu *c, enum poll_reason why)
{
    __atomic_or_fetch(&c->poll, why, __ATOMIC_SEQ_CST);
    __atomic_exchange_n(&c->jump_mask, 0, __ATOMIC_SEQ_CST);
    empty_entry(c, 0);
}

void vcpu_kick(struct vcpu *c)
{
    poll_for(c, POLL_KICK);
}

/*
 * Between our store of flush_wanted and our loads of `inside` every other
 * thread passes a barrier, so that go_inside() needs none. It is a rare call;
 * where the kernel refuses it we wait longer than any store stays unseen.
 */
static void barrier_for_all_threads(void)
{
    if (!syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0))
        return;
    if (syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) ||
        syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0))
        usleep(1000);
}

void vcpus_stop(const struct vcpu *self)
{
    __atomic_store_n(&rt.flush_wanted, 1, __ATOMIC_SEQ_CST);
    if (rt.nvcpus > 1 || !self)
        barrier_for_all_threads();
    for (struct vcpu_private *p = rt.vcpus; p; p = p->next) {
        if (p->vcpu == self)
            continue;
        poll_for(p->vcpu, POLL_FLUSH);
        while (__atomic_load_n(&p->inside, __ATOMIC_SEQ_CST))
            sched_yield();
    }
}

void vcpus_go(void)
{
    __atomic_store_n(&rt.flush_wanted, 0, __ATOMIC_SEQ_CST);
}

uint32_t vcpus_new_epoch(void)
{
    uint32_t epoch = __atomic_add_fetch(&rt.epoch, 1, __ATOMIC_SEQ_CST);

    for (struct vcpu_private *p = rt.vcpus; p; p = p->next)
        poll_for(p->vcpu, POLL_FLUSH);
    return epoch;
}

bool vcpus_have_seen(uint32_t epoch, const struct vcpu *self)
{
    if (rt.nvcpus > 1 || !self)
        barrier_for_all_threads();
    for (struct vcpu_private *p = rt.vcpus; p; p = p->next)
        if (p->vcpu != self && __atomic_load_n(&p->inside, __ATOMIC_SEQ_CST) && (int32_t)(__atomic_load_n(&p->epoch, __ATOMIC_SEQ_CST) - epoch) < 0)
            return false;
    return true;
}

void vcpu_see_epoch(struct vcpu *c)
{
    struct vcpu_private *p = private_of(c);
    uint32_t epoch = __atomic_load_n(&rt.epoch, __ATOMIC_SEQ_CST);

    if (p->epoch == epoch)
        return;
    c->code_stack = NULL;
    __atomic_store_n(&p->epoch, epoch, __ATOMIC_SEQ_CST);
}

static void go_inside(struct vcpu_private *p)
{
    for (;;) {
        __atomic_store_n(&p->inside, 1, __ATOMIC_RELAXED);
        __atomic_signal_fence(__ATOMIC_SEQ_CST);
        if (__builtin_expect(!__atomic_load_n(&rt.flush_wanted, __ATOMIC_ACQUIRE), 1)) {
            if (__builtin_expect(p->epoch != rt.epoch, 0))
                vcpu_see_epoch(p->vcpu);
            return;
        }
        __atomic_store_n(&p->inside, 0, __ATOMIC_SEQ_CST);
        translation_lock(); /* as long as the flush takes */
        translation_unlock();
    }
}

static void go_outside(struct vcpu_private *p)
{
    __atomic_store_n(&p->inside, 0, __ATOMIC_RELEASE);
}

/* The poll flag was set. True: somebody wants us to return. */
static bool poll_taken(struct vcpu *c)
{
    struct vcpu_private *p = private_of(c);

    if (__atomic_fetch_and(&c->poll, (uint32_t)~(POLL_KICK | POLL_FLUSH), __ATOMIC_SEQ_CST) & POLL_KICK)
        return true;
    go_outside(p);
    go_inside(p);
    return false;
}

/* ---- running ---- */

static uint32_t exit_index(uint64_t exit_id)
{
    return cache.regions[exit_id >> 8].first_exit + (uint32_t)(exit_id & 0xff);
}

static inline __attribute__((always_inline))
enum exit_kind run_code(struct vcpu *c, const struct region *r, struct region_key *next)
{
    enum exit_kind kind;

    rt.gates.prepare(c);
    kind = rt.gates.enter_bare(c, region_code(r));
    rt.gates.finish(c);
    if (kind != EXIT_INDIRECT && c->exit_id != ~0ull)
        *next = cache.exits[exit_index(c->exit_id)].host.target;
    return kind;
}

static enum exit_kind run_for_check(struct vcpu *c, const struct region *r, struct region_key *next)
{
    enum exit_kind kind = run_code(c, r, next);

    if (private_of(c)->address_fault)
        address_retry(c);
    return kind;
}

static enum exit_kind run_slowly(struct vcpu *c, const struct region *r, struct region_key *next)
{
    if (runtime_hooks.entered) {
        rt.arch->set_pc(c, next->pc, next->mode);
        runtime_hooks.entered(c, *next);
    }
    if (rt.interpret)
        return interpret_region(c, r, next);
    return rt.check ? check_region(c, r, next, run_for_check) : run_code(c, r, next);
}

/* Code that cannot be fetched lies on no page that could tell of a change: next time we look again. */
static void forget_region(struct region_key key)
{
    struct region *r;

    translation_lock();
    r = cache_find(key);
    if (r)
        cache_drop(r);
    translation_unlock();
}

enum exception vcpu_run(struct vcpu *c)
{
    struct vcpu_private *p = private_of(c);
    struct region_key key = rt.arch->key(c);
    uint32_t from = 0, generation = 0;
    uint64_t target = 0;
    bool indirect = false;

    bool slowly = rt.interpret || rt.check || runtime_hooks.entered;

    if (key.mode != p->mode)
        check_mode(c, key.mode);
    if (__builtin_expect(p->singlestep || nwatchpoints, 0))
        return interpret_step(c);
    go_inside(p);
    for (;;) {
        struct region *r;

        /* In this order: a kick in between is seen in poll. */
        if (__builtin_expect(c->jump_mask != p->jump_mask, 0))
            __atomic_exchange_n(&c->jump_mask, p->jump_mask, __ATOMIC_SEQ_CST);
        if (__builtin_expect(c->poll, 0) && poll_taken(c)) {
            rt.arch->set_pc(c, key.pc, key.mode);
            go_outside(p);
            return c->exception = EXC_INTERRUPT;
        }
        r = from ? NULL : cache_find(key);
        if (!r)
            r = region_get(c, key, from, generation);
        if (indirect && r && !rt.options.nochain && !rt.interpret)
            fill_jump_cache(c, target, r);
        from = 0;
        indirect = false;
        generation = cache.generation;
        switch (!r ? first_run(c, &key) : __builtin_expect(slowly, 0) ? run_slowly(c, r, &key) : run_code(c, r, &key)) {
        case EXIT_DIRECT:
            from = !r || rt.options.nochain || rt.interpret ? 0 : exit_index(c->exit_id);
            break;
        case EXIT_INDIRECT:
            target = c->exit_target;
            key = rt.arch->key_of_target(c, target);
            indirect = true;
            break;
        case EXIT_POLL:
            break;
        case EXIT_SYNC: /* the state knows more of the mode than the exit */
            rt.arch->set_pc(c, key.pc, key.mode);
            key = rt.arch->key(c);
            check_mode(c, key.mode);
            break;
        case EXIT_EXCEPTION:
            forget_frames();
            if (c->exit_id != ~0ull)
                rt.arch->set_pc(c, key.pc, key.mode);
            go_outside(p);
            if (__builtin_expect(p->address_fault, 0) && !address_retry(c)) {
                key = rt.arch->key(c);
                check_mode(c, key.mode);
                go_inside(p);
                break;
            }
            if (c->exception == EXC_NONE) { /* see coherent.c */
                key = rt.arch->key(c);
                forget_region(key);
                go_inside(p);
                break;
            }
            if (c->exception == EXC_FETCH_FAULT)
                forget_region(key);
            else if (c->exception == EXC_ALIGNMENT)
                c->exception_data = address_strip(c->exception_data);
            return c->exception;
        }
    }
}

void runtime_set_singlestep(struct vcpu *c, bool on)
{
    private_of(c)->singlestep = on;
    if (on)
        vcpu_kick(c);
}
