/*
 * fp_lane.h: one floating-point operation on one lane, by util/softfloat.
 * Included by fp_lane.c once for each width W (16, 32, 64) with FRACTION bits of fraction. Two roundings
 * where the architecture has two; negation flips the sign of a NaN as well.
 */
#define T          PASTE3(uint, W, _t)
#define F(name)    PASTE3(f, W, _##name)
#define SIGN       ((T)((T)1 << (W - 1)))
#define TOP_EXP    ((T)(SIGN - ((T)1 << FRACTION)))
#define TRUTH(c)   ((T)((c) ? ~(T)0 : 0))
#define INTEGER(v) ((T)(v))

static bool F(is)(T a, T b, enum fp_relation r1, enum fp_relation r2, bool signal, struct fp_status *s)
{
    enum fp_relation r = F(compare)(a, b, signal, s);

    return r == r1 || r == r2;
}

/* FMULX: zero times infinity is two. */
static T F(mulx)(T n, T m, struct fp_status *s)
{
    T a = n & (T)~SIGN, b = m & (T)~SIGN;

    if ((a == TOP_EXP && F(compare)(b, 0, false, s) == FP_EQUAL) || (b == TOP_EXP && F(compare)(a, 0, false, s) == FP_EQUAL))
        return (T)((T)1 << (W - 2)) | ((n ^ m) & SIGN);
    return F(mul)(n, m, s);
}

/* FRECPX: the exponent inverted, as a power of two. */
static T F(recip_exponent)(T m, struct fp_status *s)
{
    T exponent = m & TOP_EXP, lowest = (T)1 << FRACTION;

    if (F(compare)(m, 0, false, s) == FP_UNORDERED)
        return F(round)(m, FP_RN, false, s);
    return (m & SIGN) | (exponent ? TOP_EXP & (T)~exponent : (T)(TOP_EXP - lowest));
}

/* FRINT32, FRINT64: to integral if an integer of so many bits, else the least of these. */
static T F(round_to)(T m, unsigned bits, enum fp_round mode, struct fp_status *s)
{
    struct fp_status trial = *s;

    trial.flags = 0;
    F(to_int)(m, bits, mode, 0, &trial);
    s->flags |= trial.flags;
    return trial.flags & FP_INVALID ? F(from_int)(INT64_MIN >> (64 - bits), 0, &trial) : F(round)(m, mode, false, s);
}

T PASTE3(fp_lane, W, )(enum fp_operation op, T d, T n, T m, unsigned imm, struct fp_status *s)
{
    switch (op) {
    case FOP_ADD: case FOP_PADD: return F(add)(n, m, s);
    case FOP_SUB:    return F(sub)(n, m, s);
    case FOP_MUL:    return F(mul)(n, m, s);
    case FOP_DIV:    return F(div)(n, m, s);
    case FOP_NMUL:   return F(mul)(n, m, s) ^ SIGN;
    case FOP_MULX:   return F(mulx)(n, m, s);
    case FOP_SQRT:   return F(sqrt)(m, s);
    case FOP_ABS:    return m & (T)~SIGN;
    case FOP_NEG:    return m ^ SIGN;
    case FOP_MOV:    return m;
    case FOP_MLA:    return F(add)(d, F(mul)(n, m, s), s);
    case FOP_MLS:    return F(add)(d, F(mul)(n, m, s) ^ SIGN, s);
    case FOP_NMLA:   return F(add)(d ^ SIGN, F(mul)(n, m, s) ^ SIGN, s);
    case FOP_NMLS:   return F(add)(d ^ SIGN, F(mul)(n, m, s), s);
    case FOP_FMA:    return F(muladd)(n, m, d, s);
    case FOP_FMS:    return F(muladd)(n ^ SIGN, m, d, s);
    case FOP_FNMA:   return F(muladd)(n ^ SIGN, m, d ^ SIGN, s);
    case FOP_FNMS:   return F(muladd)(n, m, d ^ SIGN, s);
    case FOP_ABD:    return F(sub)(n, m, s) & (T)~SIGN;
    case FOP_MAX: case FOP_PMAX: return F(max)(n, m, s);
    case FOP_MIN: case FOP_PMIN: return F(min)(n, m, s);
    case FOP_MAXNM: case FOP_PMAXNM: return F(maxnm)(n, m, s);
    case FOP_MINNM: case FOP_PMINNM: return F(minnm)(n, m, s);
    case FOP_RECPS:  return F(recip_step)(n, m, s);
    case FOP_RSQRTS: return F(rsqrt_step)(n, m, s);
    case FOP_RECPSF: return F(recip_step_fused)(n, m, s);
    case FOP_RSQRTSF: return F(rsqrt_step_fused)(n, m, s);
    case FOP_RECPE:  return F(recip_estimate)(m, s);
    case FOP_RSQRTE: return F(rsqrt_estimate)(m, s);
    case FOP_RECPX:  return F(recip_exponent)(m, s);
    case FOP_CEQ:    return TRUTH(F(is)(n, m, FP_EQUAL, FP_EQUAL, false, s));
    case FOP_CGE:    return TRUTH(F(is)(n, m, FP_EQUAL, FP_GREATER, true, s));
    case FOP_CGT:    return TRUTH(F(is)(n, m, FP_GREATER, FP_GREATER, true, s));
    case FOP_ACGE:   return TRUTH(F(is)(n & (T)~SIGN, m & (T)~SIGN, FP_EQUAL, FP_GREATER, true, s));
    case FOP_ACGT:   return TRUTH(F(is)(n & (T)~SIGN, m & (T)~SIGN, FP_GREATER, FP_GREATER, true, s));
    case FOP_CEQ0:   return TRUTH(F(is)(m, 0, FP_EQUAL, FP_EQUAL, false, s));
    case FOP_CGE0:   return TRUTH(F(is)(m, 0, FP_EQUAL, FP_GREATER, true, s));
    case FOP_CGT0:   return TRUTH(F(is)(m, 0, FP_GREATER, FP_GREATER, true, s));
    case FOP_CLE0:   return TRUTH(F(is)(m, 0, FP_EQUAL, FP_LESS, true, s));
    case FOP_CLT0:   return TRUTH(F(is)(m, 0, FP_LESS, FP_LESS, true, s));
    case FOP_RINTN:  return F(round)(m, FP_RN, false, s);
    case FOP_RINTA:  return F(round)(m, FP_RA, false, s);
    case FOP_RINTZ:  return F(round)(m, FP_RZ, false, s);
    case FOP_RINTM:  return F(round)(m, FP_RM, false, s);
    case FOP_RINTP:  return F(round)(m, FP_RP, false, s);
    case FOP_RINTR:  return F(round)(m, s->round, false, s);
    case FOP_RINTX:  return F(round)(m, s->round, true, s);
    case FOP_RINT32Z: return F(round_to)(m, 32, FP_RZ, s);
    case FOP_RINT32X: return F(round_to)(m, 32, s->round, s);
    case FOP_RINT64Z: return F(round_to)(m, 64, FP_RZ, s);
    case FOP_RINT64X: return F(round_to)(m, 64, s->round, s);
    case FOP_TO_S:   return INTEGER(F(to_int)(m, W, FP_RZ, imm, s));
    case FOP_TO_U:   return INTEGER(F(to_uint)(m, W, FP_RZ, imm, s));
    case FOP_TO_SR:  return INTEGER(F(to_int)(m, W, s->round, imm, s));
    case FOP_TO_UR:  return INTEGER(F(to_uint)(m, W, s->round, imm, s));
    case FOP_FROM_S: return F(from_int)(sx(m, W), imm, s);
    case FOP_FROM_U: return F(from_uint)(m, imm, s);
    case FOP_CVTA_S: return INTEGER(F(to_int)(m, W, FP_RA, 0, s));
    case FOP_CVTA_U: return INTEGER(F(to_uint)(m, W, FP_RA, 0, s));
    case FOP_CVTN_S: return INTEGER(F(to_int)(m, W, FP_RN, 0, s));
    case FOP_CVTN_U: return INTEGER(F(to_uint)(m, W, FP_RN, 0, s));
    case FOP_CVTP_S: return INTEGER(F(to_int)(m, W, FP_RP, 0, s));
    case FOP_CVTP_U: return INTEGER(F(to_uint)(m, W, FP_RP, 0, s));
    case FOP_CVTM_S: return INTEGER(F(to_int)(m, W, FP_RM, 0, s));
    case FOP_CVTM_U: return INTEGER(F(to_uint)(m, W, FP_RM, 0, s));
    }
    bug("fp_lane: operation %u", op);
}

#undef T
#undef F
#undef SIGN
#undef TRUTH
#undef INTEGER
#undef TOP_EXP
#undef FRACTION
#undef W
