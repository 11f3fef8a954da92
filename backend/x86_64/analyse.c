/*
 * analyse.c: the one backward pass. It counts the reads of every value (no
 * reads: no code), finds which condition flags anybody will look at, which
 * value is made for which guest register, and what consumers can swallow
 * (addresses, compares, conditions).
 */
#include "backend/x86_64/gen.h"

static const uint8_t cond_reads[] = {/* N Z C V = 8 4 2 1 */
    [IR_EQ] = 4, [IR_NE] = 4, [IR_HS] = 2, [IR_LO] = 2, [IR_MI] = 8, [IR_PL] = 8, [IR_VS] = 1, [IR_VC] = 1,
    [IR_HI] = 6, [IR_LS] = 6, [IR_GE] = 9, [IR_LT] = 9, [IR_GT] = 13, [IR_LE] = 13, [IR_AL] = 0};

#define EPOCH 4
struct pass {
    unsigned live;                    /* of the FLAGS slot, below the current op */
    unsigned value_live;              /* read below as values that the slot held: after a fault between, they are read from the slot */
    unsigned skipping, skip_asks;     /* branches around the current op, and the flags they look at */
    unsigned insn_reads, insn_end;    /* flags read by the current guest instruction; the op behind it */
    unsigned insn_faults;             /* 15: it may */
    uint32_t first_put;               /* of flags, 0 none */
    unsigned epoch;                   /* grows, by EPOCH, where guest state must be whole */
    uint32_t stamp;                   /* the region's, in the upper half */
};

/*
 * Never emptied: epochs go on from region to region, and who does not bear the region's stamp is not there.
 * A slot's place is value.hint of who is made for it; [0] is nobody's, so that it need not be asked for.
 */
static struct slot {
    uint32_t overwritten;             /* by a put below: its epoch + slots it writes */
    uint32_t hinted;                  /* stamp | value that the next put to the slot writes */
} slots[STATE_MAX / 8 + 2];

static inline void read_arg(struct gen *g, ir_ref a) { g->v[a.id].uses++; }

/* Does o look at the upper half of its operand k, when its own result's upper half is wanted (or not)? */
static bool reads_upper(const struct ir_op *o, unsigned k, bool wanted)
{
    switch (o->op) {
    case IR_put: return o->aux == 16;
    case IR_store: return (o->aux & MO_SIZE) == MO_128;
    case IR_vget: case IR_vgets: case IR_vdupl: return o->imm % (128 / o->aux) * o->aux >= 64;
    case IR_vuxtl: case IR_vsxtl: case IR_vmullu: case IR_vmulls: case IR_vpmull: return o->imm & 1;
    case IR_vzip1: case IR_vlow: case IR_vcombine: case IR_vtof: case IR_vfwiden:
        return false;
    case IR_vset: case IR_vtrn1: case IR_vsumb: return wanted;
    case IR_vtrn2: return wanted || o->aux == 64;
    case IR_vins: return k == 0 ? wanted : (o->imm >> 4) % (128 / o->aux) * o->aux >= 64;
    case IR_vtbl: return k == 0 || wanted;
    case IR_vrev: return o->imm > 64 || wanted;
    default: return wanted || !(ir_info[o->op].traits & IR_IS_LANE);
    }
}

static void read_vectors(struct gen *g, const struct ir_op *o)
{
    bool wanted = g->v[o - g->r->ops].upper;

    for (unsigned i = 0; i < o->nargs; i++)
        if (ir_type_of(g->r, o->arg[i]) == V128)
            g->v[o->arg[i].id].upper |= reads_upper(o, i, wanted);
}

/* What is no operand is no value, and nobody asks how often that is read. */
static inline void read_two(struct gen *g, const struct ir_op *o)
{
    read_arg(g, o->arg[0]);
    read_arg(g, o->arg[1]);
}

static inline void read_args(struct gen *g, const struct ir_op *o, unsigned traits)
{
    read_two(g, o);
    for (unsigned i = 2; i < o->nargs; i++)
        read_arg(g, o->arg[i]);
    /* a v128 is read by ops of that type, and by those that make scalars of it */
    if (o->type >= F32 || traits & (IR_IS_LANE | IR_IS_VECTOR | IR_IS_FLOAT))
        read_vectors(g, o);
}

/* A flags operand: only counted when some of it is wanted. */
static void read_flags(struct gen *g, struct pass *p, ir_ref f, unsigned need)
{
    if (!need)
        return;
    g->v[f.id].need |= need;
    p->value_live |= need;
    p->insn_reads |= need;
    read_arg(g, f);
}

/*
 * What consumers can swallow: they mark it, whatever it is, and the op that makes it knows which marks it stays unmade
 * for: sums in addresses, scaled indexes in sums, compares in branches, `and` in tests.
 */
enum { BY_ADDRESS = 1, BY_SUM = 2, BY_BRANCH = 4, BY_TEST = 8 };

static inline void may_swallow(struct gen *g, ir_ref a, unsigned by) { g->v[a.id].lazy |= by; }

static unsigned stays_for(const struct ir_region *r, const struct ir_op *o)
{
    switch (o->op) {
    case IR_shl: return ir_is_const(r, o->arg[1]) && ir_at(r, o->arg[1])->imm <= 3 ? BY_SUM : 0;
    case IR_and: return BY_TEST;
    case IR_ltu: case IR_leu: case IR_lts: case IR_les: return BY_BRANCH;
    default: return 0; /* those that have ways of their own say it there */
    }
}

static inline bool is_vector(enum ir_type type) { return type == F32 || type == F64 || type == V128; }

static inline void unhint_slot(struct gen *g, struct pass *p, unsigned s)
{
    uint32_t id = slots[s + 1].hinted ^ p->stamp;

    if (id > 0xffff)
        return;
    if (g->v[id].hint == s + 1) /* it may have found a nearer put since */
        g->v[id].hint = 0;
    slots[s + 1].hinted = 0;
}

/* The slot is touched: what is put there later may not be made in place before this. */
static inline void unhint(struct gen *g, struct pass *p, unsigned slot, enum ir_type type)
{
    unhint_slot(g, p, slot);
    if (!is_vector(type))
        return;
    if (slot)
        unhint_slot(g, p, slot - 1);
    unhint_slot(g, p, slot + 1);
}

/* Nobody can have looked at the slot before the next put to it: no get, no fault, no exit stands between. */
static inline bool is_dead(struct pass *p, unsigned slot, unsigned n)
{
    uint32_t ours = p->epoch + n;
    bool dead = slots[slot + 1].overwritten == ours;

    slots[slot + 1].overwritten = ours;
    return dead;
}

/* Nobody looks, but what is computed stands better there than in scratch. */
static bool gives_home(const struct gen *g, const struct ir_op *o, unsigned slot)
{
    unsigned op = ir_at(g->r, o->arg[0])->op;

    if (!g->v[o->arg[0].id].uses) /* nobody reads the value either */
        return false;
    return op != IR_const && op != IR_get && (o->type == V128 ? x86_pins.xmm[slot] : x86_pins.gpr[slot]) != NOREG;
}

static bool put_flags(struct gen *g, struct pass *p, uint32_t i, const struct ir_op *o)
{
    if (o->imm == g->arch->flags_offset) {
        g->live_after[i] = (uint8_t)p->live;
        read_flags(g, p, o->arg[0], p->live);
        p->live = p->value_live = 0;
    } else {
        g->v[o->arg[0].id].need |= 15;
        read_arg(g, o->arg[0]);
        unhint(g, p, (unsigned)o->imm / 8, FLAGS);
    }
    return true;
}

static inline void put_hint(struct pass *p, const struct ir_op *o, struct value *v, unsigned slot)
{
    v->hint = (uint16_t)(slot + 1);
    v->at = (uint16_t)p->epoch;
    slots[slot + 1].hinted = p->stamp | o->arg[0].id;
}

static __attribute__((noinline)) bool put_other(struct gen *g, struct pass *p, uint32_t i, const struct ir_op *o)
{
    struct value *v = &g->v[o->arg[0].id];
    unsigned slot = (unsigned)o->imm / 8;
    bool pair = o->type == V128 && o->aux == 16;

    if (o->type == FLAGS)
        return put_flags(g, p, i, o);
    if (o->type != F32 && is_dead(p, slot, pair ? 2 : 1) && !gives_home(g, o, slot)) {
        g->v[i].dead = 1;
        return false;
    }
    v->later = v->uses;
    v->uses++;
    read_vectors(g, o);
    unhint(g, p, slot, o->type);
    if (o->type != F32 && pair == x86_pins.wide[slot]) /* the whole of one home */
        put_hint(p, o, v, slot);
    return true;
}

/* False: nobody will see it. */
static inline bool do_put(struct gen *g, struct pass *p, uint32_t i, const struct ir_op *o)
{
    struct value *v = &g->v[o->arg[0].id];
    unsigned slot = (unsigned)o->imm / 8;

    if (o->type >= F32)
        return put_other(g, p, i, o);
    if (is_dead(p, slot, 1) && !gives_home(g, o, slot)) {
        g->v[i].dead = 1;
        return false;
    }
    v->later = v->uses;
    v->uses++;
    unhint_slot(g, p, slot);
    put_hint(p, o, v, slot);
    return true;
}

/* A slot is looked at: what is put there before is not dead. */
static inline void keep_puts(unsigned slot)
{
    struct slot *s = &slots[slot]; /* a unit of 16 bytes may begin a slot earlier */

    s[0].overwritten = s[1].overwritten = s[2].overwritten = 0;
}

/* Which flags the target of a direct exit reads. With nothing put before it there is nothing to store: no need to look. */
static inline unsigned read_at_target(struct gen *g, const struct pass *p, uint32_t i, const struct ir_op *o)
{
    unsigned live = 15;

    if (p->first_put && i > p->first_put)
        live = g->flags_live(g->ctx, (struct region_key){o->imm, o->mode});
    return g->arch->flags_offset == ~0u ? 0 : live;
}

/* Nothing is read, nothing goes on but behind a call. */
static inline void do_exit(struct gen *g, struct pass *p, uint32_t i, const struct ir_op *o)
{
    p->live = read_at_target(g, p, i, o);
    g->live_after[i] = (uint8_t)p->live;
    p->epoch += EPOCH;
}

static inline void do_exit_if(struct gen *g, struct pass *p, uint32_t i, const struct ir_op *o)
{
    unsigned live = read_at_target(g, p, i, o);

    p->live |= live;
    g->live_after[i] = (uint8_t)live;
    p->epoch += EPOCH;
    may_swallow(g, o->arg[0], BY_BRANCH);
    read_arg(g, o->arg[0]);
}

static void do_other_exit(struct gen *g, struct pass *p, uint32_t i, const struct ir_op *o)
{
    unsigned dead = o->op == IR_exit_ind || o->op == IR_exit_icall || o->op == IR_exit_ret ? (unsigned)o->imm : 0;

    p->live = g->arch->flags_offset == ~0u ? 0 : 15 & ~dead;
    g->live_after[i] = (uint8_t)p->live;
}

/* What only this op reads, and it changes in place, is made where the result goes. */
static bool hand_down_hint(struct gen *g, struct pass *p, const struct value *v, ir_ref operand)
{
    struct value *a = &g->v[operand.id];

    if (!v->hint || a->uses || a->hint || !(ir_info[ir_at(g->r, operand)->op].traits & (IR_PURE | IR_IS_FLOAT)))
        return false;
    a->hint = v->hint;
    a->at = (uint16_t)p->epoch;
    slots[v->hint].hinted = p->stamp | operand.id;
    return true;
}

static __attribute__((noinline)) void do_pure(struct gen *g, struct pass *p, const struct ir_op *o, struct value *v)
{
    switch (o->op) {
    case IR_ftov: case IR_vlow: /* made in place, what lies above is cleared there */
    case IR_sub: case IR_mul: case IR_neg: case IR_not: case IR_ext8u: case IR_ext8s: case IR_ext16u: case IR_ext16s: case IR_bswap:
    case IR_shl: case IR_shr: case IR_sar: case IR_ror:
        hand_down_hint(g, p, v, o->arg[0]);
        break;
    case IR_or: case IR_xor: case IR_and:
        if (!hand_down_hint(g, p, v, o->arg[0]))
            hand_down_hint(g, p, v, o->arg[1]);
        break;
    case IR_trunc: case IR_vtof: /* another name of its operand */
        g->v[o->arg[0].id].uses += v->uses;
        return;
    case IR_adc: case IR_sbc: case IR_flags_adc: case IR_flags_sbc:
        g->live_after[o - g->r->ops] = (uint8_t)p->live;
        read_two(g, o);
        read_flags(g, p, o->arg[2], 2);
        return;
    case IR_flags_add:
        if (is_test(g->r, o))
            may_swallow(g, o->arg[0], BY_TEST);
        break;
    case IR_flags_nz:
        if (!(v->need & 3)) /* tst */
            may_swallow(g, o->arg[0], BY_TEST);
        read_arg(g, o->arg[0]);
        read_flags(g, p, o->arg[1], v->need & 3);
        return;
    case IR_flags_nzc:
        read_arg(g, o->arg[0]);
        if (v->need & 2)
            read_arg(g, o->arg[1]);
        read_flags(g, p, o->arg[2], v->need & 1);
        return;
    case IR_flags_pack:
        read_flags(g, p, o->arg[0], 15);
        return;
    case IR_select:
        may_swallow(g, o->arg[0], BY_BRANCH);
        break;
    }
    read_args(g, o, ir_info[o->op].traits);
}

/*
 * After a fault the guest instruction starts again by itself: it and those
 * that share its condition ask for the flags once more. So what a branch around
 * an op looks at is live there, and what the instruction itself reads.
 */
static void find_branches(struct gen *g)
{
    const struct ir_region *r = g->r;

    for (uint32_t i = r->count; i-- > 1;) {
        const struct ir_op *o = &r->ops[i], *c;

        if (o->op != IR_br && o->op != IR_br_if)
            continue;
        c = o->op == IR_br_if ? ir_at(r, o->arg[0]) : NULL;
        g->label[o->imm].sources++;
        g->label[o->imm].asks |= !c ? 15 : c->op == IR_cond ? cond_reads[c->aux] : 0;
    }
}

static void enter_skipped(struct pass *p, const struct label_state *l)
{
    p->skipping += l->sources;
    p->skip_asks |= l->asks;
}

static void leave_skipped(struct pass *p)
{
    if (p->skipping && !--p->skipping)
        p->skip_asks = 0;
}

static void may_fault(struct pass *p)
{
    p->live |= p->value_live | p->skip_asks;
    p->insn_faults = 15;
}

static __attribute__((noinline)) void ask_again(struct gen *g, struct pass *p, uint32_t i)
{
    p->live |= p->insn_reads;
    for (uint32_t k = i + 1; k < p->insn_end; k++)
        g->live_in[k] |= (uint8_t)p->insn_reads;
}

static inline void begin_insn(struct gen *g, struct pass *p, uint32_t i)
{
    if (p->insn_reads & ~p->live & p->insn_faults)
        ask_again(g, p, i);
    p->insn_end = i;
    p->insn_reads = 0;
    p->insn_faults = 0;
}

/* A slot's own value and a constant. */
static bool moves_itself(const struct ir_region *r, const struct ir_op *o, unsigned slot)
{
    const struct ir_op *a = ir_at(r, o->arg[0]);

    return o->op == IR_add && ir_is_const(r, o->arg[1]) && a->op == IR_get && a->imm / 8 + 1 == slot;
}

/* State must be whole between v, made by op i, and the put it was to be made for. */
static __attribute__((noinline)) void lose_hint(struct gen *g, uint32_t i)
{
    struct value *v = &g->v[i];

    if (v->uses == v->later + 1 && moves_itself(g->r, &g->r->ops[i], v->hint))
        v->lazy |= BY_ADDRESS; /* a base that moves after the access: added when it is put */
    v->hint = 0;
}

/* v, made by op i, is made in the home of its put if it has any. */
static inline void settle_hint(struct gen *g, struct pass *p, uint32_t i, struct value *v)
{
    struct slot *s = &slots[v->hint];

    if ((v->hint != 0) & (v->at != (uint16_t)p->epoch))
        lose_hint(g, i);
    else
        s->hinted = s->hinted == (p->stamp | i) ? 0 : s->hinted;
    v->at = 0;
}

static __attribute__((noinline)) void get_other(struct gen *g, struct pass *p, uint32_t i, const struct ir_op *o, struct value *v)
{
    unsigned slot = (unsigned)o->imm / 8;

    settle_hint(g, p, i, v);
    v->vector = is_vector(o->type);
    if (o->type == FLAGS && o->imm == g->arch->flags_offset)
        p->live |= v->need;
    keep_puts(slot);
    unhint(g, p, slot, o->type);
}

/* No code is made for most, and where they are does not depend on what they are put to. */
static inline void do_get(struct gen *g, struct pass *p, uint32_t i, const struct ir_op *o, struct value *v)
{
    unsigned slot = (unsigned)o->imm / 8;

    if (o->type >= F32) {
        get_other(g, p, i, o, v);
        return;
    }
    keep_puts(slot);
    unhint_slot(g, p, slot);
}

static __attribute__((noinline)) void do_effect(struct gen *g, struct pass *p, uint32_t i, const struct ir_op *o)
{
    unsigned traits = ir_info[o->op].traits;

    switch (o->op) {
    case IR_label:
        g->label[o->imm].live = (uint8_t)p->live;
        enter_skipped(p, &g->label[o->imm]);
        p->epoch += EPOCH;
        return;
    case IR_br:
        p->live = g->label[o->imm].live;
        leave_skipped(p);
        p->epoch += EPOCH;
        return;
    case IR_br_if:
        leave_skipped(p);
        p->live |= g->label[o->imm].live;
        may_swallow(g, o->arg[0], BY_BRANCH);
        break;
    case IR_cas: case IR_xchg: case IR_xadd: case IR_xand: case IR_xor_: case IR_xeor:
        may_fault(p);
        break;
    case IR_call:
        if (g->arch->helpers[o->imm].traits & (HELPER_READS | HELPER_FAULTS))
            p->live = 15;
        traits |= IR_IS_VECTOR; /* it may read some */
        p->epoch += EPOCH;
        break;
    default:
        if (traits & LEAVES)
            do_other_exit(g, p, i, o);
    }
    if (!(traits & (IR_IS_FLOAT | IR_IS_VECTOR))) /* an effect: state must be whole before it */
        p->epoch += EPOCH;
    read_args(g, o, traits);
}

/* The commonest effects. */
static inline void do_access(struct gen *g, struct pass *p, const struct ir_op *o, struct value *v)
{
    may_fault(p);
    may_swallow(g, o->arg[0], BY_ADDRESS);
    p->epoch += EPOCH;
    read_two(g, o);
    if (o->type < F32)
        return;
    v->vector = is_vector(o->type);
    read_vectors(g, o);
}

static inline void do_add(struct gen *g, const struct ir_op *o)
{
    may_swallow(g, o->arg[1], BY_SUM);
    read_two(g, o);
}

static inline void do_cond(struct gen *g, struct pass *p, const struct ir_op *o)
{
    const unsigned swapped = 1u << IR_MI | 1u << IR_PL | 1u << IR_HI | 1u << IR_LS;

    g->v[o->arg[0].id].swap |= swapped >> o->aux & 1;
    read_flags(g, p, o->arg[0], cond_reads[o->aux]);
}

static inline void do_compare(struct gen *g, const struct ir_op *o)
{
    if (ir_is_const(g->r, o->arg[1]) && !ir_at(g->r, o->arg[1])->imm) /* a test of bits? */
        may_swallow(g, o->arg[0], BY_TEST);
    read_two(g, o);
}

/* Not made before a consumer wants it? Then it is not listed. */
static inline bool stays_lazy(struct value *v, unsigned by)
{
    bool lazy = v->lazy & by;

    v->where = lazy ? W_LAZY : W_NONE;
    return lazy;
}

/* False: no code will be made for it. */
static __attribute__((noinline)) bool do_op(struct gen *g, struct pass *p, uint32_t i, const struct ir_op *o, struct value *v)
{
    const struct ir_opinfo *info = &ir_info[o->op];
    enum ir_type type = ir_result_type(info, (enum ir_type)o->type);

    v->vector = is_vector(type);
    if (!(info->traits & IR_PURE)) {
        do_effect(g, p, i, o);
        return true;
    }
    if (v->uses && (type != FLAGS || v->need)) {
        do_pure(g, p, o, v);
        if (o->op == IR_and && v->uses != 1) /* of a tst only its flags are wanted */
            return true;
        return !stays_lazy(v, stays_for(g->r, o));
    }
    v->uses = 0;
    return false;
}

static void begin_slots(struct pass *p)
{
    static uint32_t epoch, stamp;

    stamp += 0x10000;
    if (!stamp || epoch > UINT32_MAX / 2) {
        memset(slots, 0, sizeof slots);
        stamp = 0x10000;
        epoch = 0;
    }
    epoch += EPOCH * (IR_MAX_OPS + 1);
    *p = (struct pass){.epoch = epoch, .stamp = stamp};
}

/*
 * One jump an op, by what it is, from the end of the last one's way: the host's predictor then knows what that was.
 * (The asm makes no code: without it the compiler sees a loop, and makes one jump of all.) Each way ends with one
 * of these two. What stands on the list `todo` is lowered.
 */
#define NEXT                                               \
    do {                                                   \
        o--, v--, i--;                                     \
        __asm__("" : "+r"(o), "+r"(v), "+r"(i) : "i"(__LINE__)); \
        v->root = (uint16_t)i;                             \
        goto *way[o->op];                                  \
    } while (0)
#define LOWERED_IF(yes)                   \
    do {                                  \
        todo[-1] = (uint16_t)i;           \
        todo -= (yes) != 0;               \
        g->live_in[i] = (uint8_t)p.live;  \
        NEXT;                             \
    } while (0)

#pragma GCC diagnostic ignored "-Woverride-init"
void x86_analyse(struct gen *g)
{
    static const void *const way[IR_COUNT] = {
        [0 ... IR_COUNT - 1] = &&other,
        [IR_nop] = &&nop, [IR_const] = &&constant, [IR_insn] = &&insn,
        [IR_put] = &&put, [IR_get] = &&get, [IR_load] = &&access, [IR_store] = &&access,
        [IR_add] = &&add, [IR_flags_sub] = &&flags, [IR_cond] = &&cond, [IR_eq] = &&compare, [IR_ne] = &&compare, [IR_exit] = &&exit, [IR_exit_call] = &&exit, [IR_exit_if] = &&exit_if,
    };
    const struct ir_region *r = g->r;
    uint32_t i = r->count;
    const struct ir_op *o = r->ops + i;
    struct value *v = g->v + i;
    uint16_t *todo = g->todo + IR_MAX_OPS;
    struct pass p;

    begin_slots(&p);
    p.insn_end = r->count;
    p.first_put = r->first_flags_put;
    memset(g->v, 0, r->count * sizeof *g->v);
    for (uint32_t k = 0; k <= r->labels; k++)
        g->label[k].all = 0;
    if (r->branches)
        find_branches(g);
    NEXT;
insn:
    *--todo = (uint16_t)i;
    begin_insn(g, &p, i);
    NEXT;
put:
    LOWERED_IF(do_put(g, &p, i, o));
get:
    do_get(g, &p, i, o, v);
    LOWERED_IF(v->uses);
access:
    settle_hint(g, &p, i, v);
    do_access(g, &p, o, v);
    LOWERED_IF(true);
add:
    settle_hint(g, &p, i, v);
    if (!v->uses)
        NEXT;
    do_add(g, o);
    LOWERED_IF(!stays_lazy(v, BY_ADDRESS));
flags:
    settle_hint(g, &p, i, v);
    if (!v->need) {
        v->uses = 0;
        NEXT;
    }
    read_two(g, o);
    LOWERED_IF(true);
cond:
    settle_hint(g, &p, i, v);
    if (!v->uses)
        NEXT;
    do_cond(g, &p, o);
    LOWERED_IF(!stays_lazy(v, BY_BRANCH));
compare:
    settle_hint(g, &p, i, v);
    if (!v->uses)
        NEXT;
    do_compare(g, o);
    LOWERED_IF(!stays_lazy(v, BY_BRANCH));
exit:
    do_exit(g, &p, i, o);
    LOWERED_IF(true);
exit_if:
    do_exit_if(g, &p, i, o);
    LOWERED_IF(true);
other:
    settle_hint(g, &p, i, v);
    LOWERED_IF(do_op(g, &p, i, o, v));
nop:
    if (!i)
        goto end;
constant:
    v->where = W_CONST;
    NEXT;
end:
    g->todo_from = todo;
}
