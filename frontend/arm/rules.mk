# The argument structs are shared by both decoders, so they are made from both files.
GENERATED += frontend/arm/args.gen.h
frontend/arm/args.gen.h: $(srcdir)/frontend/arm/a32.decode $(srcdir)/frontend/arm/t32.decode $(srcdir)/tools/gendecode.py
	$(GEN) python3 $(srcdir)/tools/gendecode.py --args $@ $(srcdir)/frontend/arm/a32.decode $(srcdir)/frontend/arm/t32.decode
frontend/arm/a32.decode.h: $(srcdir)/frontend/arm/t32.decode
frontend/arm/t32.decode.h: $(srcdir)/frontend/arm/a32.decode

fp_decodes := $(addprefix frontend/arm/,vfp.decode vfp_uncond.decode neon_3same.decode neon_long.decode neon_shift.decode \
	neon_imm.decode neon_misc.decode neon_mem.decode neon_v8.decode)
GENERATED += frontend/arm/fp_args.gen.h
frontend/arm/fp_args.gen.h: $(addprefix $(srcdir)/,$(fp_decodes) tools/gendecode.py)
	$(GEN) python3 $(srcdir)/tools/gendecode.py --args $@ $(addprefix $(srcdir)/,$(fp_decodes))

# A64: each table has its own translate functions (its 'functions' prefix), so each has its own argument structs.
a64_args := $(patsubst %.decode,%.args.h,$(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/frontend/arm/a64/*.decode)))
GENERATED += $(a64_args)
frontend/arm/a64/%.args.h: $(srcdir)/frontend/arm/a64/%.decode $(srcdir)/tools/gendecode.py
	$(GEN) python3 $(srcdir)/tools/gendecode.py --args $@ $<
