/*
 * compile.c: one region, from IR to host bytes: the analysis, then one forward
 * pass that lowers each op by its row. The table below says how every op is
 * lowered; tests check that each has a row.
 */
#include "backend/x86_64/gen.h"

#define ROW(name, f, ...) [IR_##name] = {f, {__VA_ARGS__}}
const struct lower_row x86_lower[IR_COUNT] = {
    /* integers */
    ROW(add, lower_add), ROW(sub, lower_sub), ROW(mul, lower_mul), ROW(umulh, lower_mulh), ROW(smulh, lower_mulh),
    ROW(udiv, lower_div), ROW(sdiv, lower_div), ROW(urem, lower_div), ROW(srem, lower_div), ROW(neg, lower_neg), ROW(not, lower_neg),
    ROW(and, lower_alu, X_AND), ROW(or, lower_alu, X_OR), ROW(xor, lower_alu, X_XOR), ROW(andn, lower_andn),
    /*   host shift, BMI2 prefix */
    ROW(shl, lower_shift, X_SHL, 1), ROW(shr, lower_shift, X_SHR, 3), ROW(sar, lower_shift, X_SAR, 2), ROW(ror, lower_shift, X_ROR, 0),
    ROW(shlz, lower_shiftz), ROW(shrz, lower_shiftz), ROW(sarz, lower_shiftz),
    ROW(clz, lower_count), ROW(ctz, lower_count), ROW(popcnt, lower_count),
    ROW(bswap, lower_bswap), ROW(bswap16, lower_bswap16), ROW(rbit, lower_rbit),
    /*   opcode, byte operand, wide when the type is */
    ROW(ext8u, lower_ext, 0x0fb6, 1, 0), ROW(ext8s, lower_ext, 0x0fbe, 1, 1), ROW(ext16u, lower_ext, 0x0fb7, 0, 0), ROW(ext16s, lower_ext, 0x0fbf, 0, 1),
    ROW(zext, lower_zext), ROW(sext, lower_sext), ROW(trunc, lower_trunc), ROW(high, lower_high), ROW(concat, lower_concat),
    ROW(eq, lower_compare), ROW(ne, lower_compare), ROW(ltu, lower_compare), ROW(leu, lower_compare), ROW(lts, lower_compare), ROW(les, lower_compare),
    ROW(select, lower_select), ROW(crc32, lower_crc32), ROW(crc32c, lower_crc32),
    /* flags */
    ROW(flags_add, lower_flagop), ROW(flags_sub, lower_flagop), ROW(flags_adc, lower_flagop), ROW(flags_sbc, lower_flagop),
    ROW(adc, lower_adc), ROW(sbc, lower_adc), ROW(flags_nz, lower_flags_nz), ROW(flags_nzc, lower_flags_nz),
    ROW(flags_pack, lower_pack), ROW(flags_unpack, lower_unpack), ROW(cond, lower_cond),
    /* state, memory */
    ROW(get, lower_get), ROW(put, lower_put), ROW(load, lower_load), ROW(store, lower_store), ROW(cas, lower_cas),
    /*   locked opcode for bytes, for the rest; or the operation of a compare-exchange loop */
    ROW(xchg, lower_rmw, 0x86, 0x87), ROW(xadd, lower_rmw, 0x0fc0, 0x0fc1, X_ADD),
    ROW(xand, lower_rmw, 0, 0, X_AND), ROW(xor_, lower_rmw, 0, 0, X_OR), ROW(xeor, lower_rmw, 0, 0, X_XOR),
    ROW(fence, lower_fence),
    /* control */
    ROW(call, lower_call), ROW(label, lower_label), ROW(br, lower_br), ROW(br_if, lower_br_if),
    ROW(exit, lower_exit), ROW(exit_if, lower_exit_if), ROW(exit_call, lower_exit_call), ROW(exit_ind, lower_exit_ind),
    ROW(exit_icall, lower_exit_icall), ROW(exit_ret, lower_exit_ret), ROW(raise, lower_raise), ROW(sync, lower_sync),
    /* floating point: opcode */
    ROW(fadd, lower_farith, 0x58), ROW(fsub, lower_farith, 0x5c), ROW(fmul, lower_farith, 0x59, 1), ROW(fdiv, lower_farith, 0x5e, 1),
    ROW(fsqrt, lower_fsqrt), ROW(fma, lower_fma), ROW(fmin, lower_fminmax, 4), ROW(fmax, lower_fminmax, 5), ROW(fminnm, lower_fminmax, 4), ROW(fmaxnm, lower_fminmax, 5),
    ROW(fcmp, lower_fcmp, 0x2e), ROW(fcmpe, lower_fcmp, 0x2f), ROW(fround, lower_fround), ROW(f32to64, lower_fcvt), ROW(f64to32, lower_fcvt),
    ROW(f16to32, lower_soft), ROW(f16to64, lower_soft), ROW(f32to16, lower_soft), ROW(f64to16, lower_soft),
    ROW(ftoi32, lower_ftoi), ROW(ftou32, lower_ftoi), ROW(ftoi64, lower_ftoi), ROW(ftou64, lower_ftou64),
    ROW(i32tof, lower_itof), ROW(u32tof, lower_itof), ROW(i64tof, lower_itof), ROW(u64tof, lower_u64tof),
    ROW(fneg, lower_fsign), ROW(fabs, lower_fsign), ROW(fbits, lower_fmove), ROW(ffrom, lower_fmove), ROW(ftov, lower_fmove), ROW(vtof, lower_fmove),
#define VECTOR_ROW(name, f, ...) ROW(name, f, __VA_ARGS__),
#include "backend/x86_64/lower_vec.def"
#undef VECTOR_ROW
};

/* Can `o` take operand i unmade, as part of an address, a scaled index or a condition? */
static bool swallows(const struct ir_region *r, const struct ir_op *o, unsigned i, unsigned lazy_op)
{
    switch (lazy_op) {
    case IR_add: return i == 0 && (o->op == IR_load || o->op == IR_store || o->op == IR_put);
    case IR_shl: return i == 1 && o->op == IR_add;
    case IR_and: return i == 0 && (o->op == IR_flags_nz || o->op == IR_eq || o->op == IR_ne || is_test(r, o));
    default: return i == 0 && (o->op == IR_br_if || o->op == IR_exit_if || o->op == IR_select);
    }
}

/* Nothing for settle_operands to do? */
static bool is_settled(const struct gen *g, const struct ir_op *o)
{
    for (unsigned i = 0; i < o->nargs; i++) {
        uint32_t id = g->v[o->arg[i].id].root;
        unsigned where = g->v[id].where;

        if (where == W_REMAT && o->op != IR_cond)
            return false;
        if (where == W_LAZY && !(swallows(g->r, o, i, g->r->ops[id].op) && is_settled(g, &g->r->ops[id])))
            return false;
    }
    return true;
}

/* Lazy operands that o cannot swallow are made before it takes any register. */
static void settle_operands(struct gen *g, const struct ir_op *o)
{
    for (unsigned i = 0; i < o->nargs; i++) {
        uint32_t id = g->v[o->arg[i].id].root;

        if (g->v[id].where == W_REMAT && o->op != IR_cond)
            flags_settle(g, o->arg[i]);
        unlock_all(g);
        if (g->v[id].where != W_LAZY)
            continue;
        settle_operands(g, &g->r->ops[id]);
        if (!swallows(g->r, o, i, g->r->ops[id].op))
            force(g, id);
        unlock_all(g);
    }
}

static inline void begin_insn(struct gen *g, const struct ir_op *o)
{
    struct host_insn *row = &g->out->insns[g->out->ninsns++];

    g->cur_pc = row->pc = o->imm;
    g->cur_mode = row->mode = o->mode;
    row->host = (uint32_t)(g->c.p - g->start);
}

void settle(struct gen *g, const struct ir_op *o)
{
    const struct ir_op *x = op_of(g, o->arg[0]);

    /* an access by a sum, a branch on a compare: taken as it is */
    if (val(g, o->arg[0])->where == W_LAZY && o->nargs <= 2 && !may_wait(g, o->arg[1]) && swallows(g->r, o, 0, x->op) &&
        !may_wait(g, x->arg[0]) && !may_wait(g, x->arg[1]))
        return;
    if (!is_settled(g, o) && !g->v[g->at].fused)
        settle_operands(g, o);
}

static inline void lower_op(struct gen *g, const struct ir_op *o)
{
    lower_fn *fn = x86_lower[o->op].fn;

    if (g->soft && ir_info[o->op].traits & IR_IS_FLOAT)
        fn = soft_lowering(o);
    begin_op(g, o, o->nargs);
    fn(g, o);
}

/* What cannot be reached is passed over: to the next label, or the end. */
static const uint16_t *skip_unreachable(const struct gen *g, const uint16_t *k)
{
    while (*k && g->r->ops[*k].op != IR_label)
        k++;
    return k;
}

/*
 * As in analyse.c one jump an op, from the end of the last one's way; the commonest ops have ways of their own.
 * Some of them do begin_op themselves, or read nothing.
 * The list ends with ops[0].
 */
#define NEXT                                             \
    do {                                                 \
        unlock_all(g);                                   \
        if (g->c.p >= g->c.end)                          \
            return;                                      \
        i = *k++;                                        \
        o = &ops[i];                                     \
        to = way[o->op];                                 \
        __asm__("" : "+r"(to), "+r"(k) : "i"(__LINE__)); \
        goto *to;                                        \
    } while (0)

#pragma GCC diagnostic ignored "-Woverride-init"
static void lower_all(struct gen *g)
{
    static const void *const way[IR_COUNT] = {
        [0 ... IR_COUNT - 1] = &&other, [IR_nop] = &&end, [IR_insn] = &&insn,
        [IR_get] = &&get, [IR_put] = &&put, [IR_add] = &&add, [IR_load] = &&load, [IR_store] = &&store,
        [IR_exit] = &&leave, [IR_exit_call] = &&leave, [IR_exit_if] = &&exit_if,
    };
    const struct ir_op *ops = g->r->ops, *o;
    const uint16_t *k = g->todo_from;
    const void *to;
    uint32_t i;

    NEXT;
insn:
    begin_insn(g, o);
    NEXT;
get:
    g->at = g->pass = i;
    lower_get(g, o);
    NEXT;
put:
    g->at = g->pass = i;
    lower_put(g, o);
    NEXT;
add:
    g->at = g->pass = i;
    begin_op(g, o, 2);
    lower_add(g, o);
    NEXT;
load:
    g->at = g->pass = i;
    lower_load(g, o);
    NEXT;
store:
    g->at = g->pass = i;
    lower_store(g, o);
    NEXT;
exit_if:
    g->at = g->pass = i;
    begin_op(g, o, 1);
    lower_exit_if(g, o);
    NEXT;
leave:
    g->at = g->pass = i;
    x86_lower[o->op].fn(g, o);
    if (g->unreachable)
        k = skip_unreachable(g, k);
    NEXT;
other:
    g->at = g->pass = i;
    lower_op(g, o);
    if (g->unreachable)
        k = skip_unreachable(g, k);
    NEXT;
end:
    return;
}

static bool compile(const struct guest_arch *arch, const struct ir_region *r, const struct host_gates *gates,
                    unsigned (*flags_live)(void *ctx, struct region_key key), void *ctx, uint32_t region_id, uint8_t *p, uint32_t room, struct host_code *out)
{
    static struct gen gen; /* one translation at a time: the runtime's lock */
    struct gen *g = &gen;

    size_t zeroed = offsetof(struct gen, label) - offsetof(struct gen, gpr_owner);

    forget_aliases(g);
    __asm__("" : "+r"(zeroed)); /* memset is called: the string instruction that the compiler makes of it takes longer */
    memset(g->gpr_owner, 0, zeroed);
    g->c = (struct code){p, p, p + room - CODE_SLACK};
    g->arch = arch;
    g->r = r;
    g->soft = r->fp == FP_SOFT;
    g->gates = &x86_gates;
    g->flags_live = flags_live;
    g->ctx = ctx;
    g->region_id = region_id;
    g->out = out;
    g->start = p;
    g->pool.nvalues = g->pool.nsites = 0;
    g->failed = false;
    g->unreachable = false;
    above_begin(g);
    g->vspill_used = VECTOR_CALL_SPILLS;
    out->code = p;
    out->nexits = out->ninsns = out->nflags = out->nmoves = 0;
    exits_begin(g);
    if (r->labels > MAX_LABELS - 1 || room < CODE_SLACK)
        return false;
    x86_analyse(g);
    lower_all(g);
    emit_cold(g);
    if (g->nback)
        loop_again(g, lower_all);
    out->insn_bytes = (uint32_t)(g->c.p - g->start);
    emit_pool(g);
    out->size = (uint32_t)(g->c.p - g->start);
    return g->c.p < g->c.end && !g->failed;
}

static void link_exit(uint8_t *code, const struct host_exit *e, const void *target)
{
    if (e->landing)
        __atomic_store_n((uint16_t *)(code + e->site), 0xe990, __ATOMIC_RELEASE);
    else
        set_rel32(code + e->site, target ? target : code + e->stub);
}

static uint64_t variant(void)
{
    uint64_t bits = 0;

    _Static_assert(sizeof x86_cpu <= 64, "a bit each");
    for (unsigned i = 0; i < sizeof x86_cpu; i++)
        bits |= (uint64_t)((const bool *)&x86_cpu)[i] << i;
    return bits;
}

const struct host_backend x86_64_backend = {
    .name = "x86_64",
    .variant = variant,
    .make_gates = x86_make_gates,
    .compile = compile,
    .link = link_exit,
    .count_calls = x86_count_calls,
    .state_from_signal = x86_state_from_signal,
    .mend_fp = x86_mend_fp,
    .mend_return_stack = x86_mend_return_stack,
};
