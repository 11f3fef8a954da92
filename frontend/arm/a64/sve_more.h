/*
 * sve_more.h: the operations of SVE helpers that are not done lane by lane
 * (helpers_sve.def), and of loads and stores.
 */
#ifndef FRONTEND_ARM_A64_SVE_MORE_H
#define FRONTEND_ARM_A64_SVE_MORE_H

/* sve_perm: lanes that move, or are made of numbers. Scalars that come out are the result. */
enum sve_perm_op {
    SVEP_INDEX, SVEP_ADR, SVEP_DUP, SVEP_DUP_LANE, SVEP_COPY_LANE, SVEP_SEL, SVEP_EXT, SVEP_INSR, SVEP_INSR_V,
    SVEP_TBL, SVEP_TBL2, SVEP_TBX, SVEP_REV, SVEP_UNPACK, SVEP_ZIP1, SVEP_ZIP2, SVEP_UZP1, SVEP_UZP2, SVEP_TRN1, SVEP_TRN2,
    SVEP_COMPACT, SVEP_SPLICE, SVEP_LAST, SVEP_LAST_V, SVEP_CLAST, SVEP_CLAST_V, SVEP_CLAST_R,
    SVEP_PZIP1, SVEP_PZIP2, SVEP_PUZP1, SVEP_PUZP2, SVEP_PTRN1, SVEP_PTRN2, SVEP_PREV, SVEP_PUNPACK,
};

/* sve_pred: predicates, and scalars that depend on them or on the vector length. */
enum sve_pred_op {
    SVEQ_AND, SVEQ_BIC, SVEQ_EOR, SVEQ_SEL, SVEQ_ORR, SVEQ_ORN, SVEQ_NOR, SVEQ_NAND,
    SVEQ_BRKA, SVEQ_BRKB, SVEQ_BRKPA, SVEQ_BRKPB, SVEQ_BRKN, SVEQ_TEST, SVEQ_FIRST, SVEQ_NEXT, SVEQ_TRUE, SVEQ_RDFFR, SVEQ_WRFFR,
    SVEQ_CNTP, SVEQ_INCP, SVEQ_INCP_V, SVEQ_STEP, SVEQ_STEP_P, SVEQ_STEP_PV, SVEQ_WHILE, SVEQ_WHILE_PTR, SVEQ_CTERM,
};

/* sve_float: floating point that is more than fp_operate() on a lane. */
enum sve_float_op {
    SVEF_TSSEL, SVEF_TSMUL, SVEF_TMAD, SVEF_EXPA, SVEF_LOGB, SVEF_SCALE, SVEF_CADD, SVEF_CMLA, SVEF_CMLA_INDEX,
    SVEF_CVT, SVEF_CVTX, SVEF_TO_S, SVEF_TO_U, SVEF_FROM_S, SVEF_FROM_U, SVEF_CVTLT, SVEF_CVTNT, SVEF_CVTXNT,
    SVEF_BFCVT, SVEF_BFCVTNT, SVEF_BFDOT, SVEF_BFMMLA, SVEF_BFMLAL, SVEF_FMLAL, SVEF_MMLA,
};

/* sve_wide: several lanes make one. */
enum sve_wide_op {
    SVEW_DOT, SVEW_CDOT, SVEW_CMLA, SVEW_SQRDCMLAH, SVEW_CADD, SVEW_SQCADD, SVEW_MMLA, SVEW_ADCL, SVEW_EORBT, SVEW_PMULL128,
    SVEW_HISTCNT, SVEW_HISTSEG, SVEW_MATCH, SVEW_AESE, SVEW_AESD, SVEW_AESMC, SVEW_AESIMC, SVEW_SM4E, SVEW_SM4EKEY, SVEW_RAX1,
};
/* Signs of a dot product's operands: kind. */
enum { SVEW_N_UNSIGNED = 1, SVEW_M_UNSIGNED = 2 };

/* sve_mem: the operation's word. */
enum sve_mem_flags {
    SVEM_SIZE = 3,          /* log2 of the bytes in memory */
    SVEM_SIGNED = 1 << 4, SVEM_STORE = 1 << 5, SVEM_FIRST_FAULT = 1 << 6, SVEM_NO_FAULT = 1 << 7,
    SVEM_GATHER = 1 << 8,   /* base + lanes of m */
    SVEM_VECTOR = 1 << 9,   /* lanes of n + base */
    SVEM_SXTW = 1 << 10, SVEM_UXTW = 1 << 11, SVEM_SCALED = 1 << 12,
    SVEM_ALL = 1 << 13,     /* one element for all lanes */
    SVEM_QUAD = 1 << 14, SVEM_OCT = 1 << 15, /* 16 or 32 bytes for all */
    SVEM_WHOLE = 1 << 16,   /* LDR, STR of Z */
    SVEM_PREDICATE = 1 << 17, /* of P */
    SVEM_REGS_SHIFT = 20,   /* so many registers, less one */
};

#endif
