# Both sides of each fold rule as C, for tests/ir/fold_test.c to prove.
GENERATED += tests/ir/fold.proof.h
tests/ir/fold.proof.h: $(srcdir)/ir/fold.rules $(srcdir)/ir/ops.def $(srcdir)/tools/genfold.py
	$(GEN) python3 $(srcdir)/tools/genfold.py --proof $< $@
ir/fold.gen.h: $(srcdir)/ir/ops.def
