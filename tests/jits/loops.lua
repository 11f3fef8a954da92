local bit=require"bit" local ffi=require"ffi"
local function sieve(n) local t,c={},0 for i=2,n do t[i]=true end for i=2,n do if t[i] then c=c+1 for j=i*i,n,i do t[j]=false end end end return c end
local function mandel(n) local s=0 for y=0,n-1 do for x=0,n-1 do local cr,ci=2*x/n-1.5,2*y/n-1 local a,b,i=0,0,0 while i<50 and a*a+b*b<4 do a,b,i=a*a-b*b+cr,2*a*b+ci,i+1 end s=s+i end end return s end
ffi.cdef"typedef struct{int a;double b;}P; int abs(int);int printf(const char*,...);double strtod(const char*,char**);"
local function ff(n) local p=ffi.new("P[?]",100) local s=0 for i=0,n-1 do p[i%100].a=i p[i%100].b=p[i%100].b+i*0.5 s=s+ffi.C.abs(-i)%7 end for i=0,99 do s=s+p[i].b end return s end
local function cb() local r={} local a=ffi.new("int[1000]") for i=0,999 do a[i]=i*7919%1009 end ffi.cdef"void qsort(void*,size_t,size_t,int(*)(const int*,const int*));" ffi.C.qsort(a,1000,4,function(x,y) return x[0]-y[0] end) return a[0]..":"..a[500]..":"..a[999] end
local function hash(n) local h=5381 for i=1,n do h=bit.bxor(bit.lshift(h,5),bit.rshift(h,2),i) end return h end
local function strs(n) local t={} for i=1,n do t[#t+1]=("%d:%x"):format(i,i*31):rep(2) end return #table.concat(t):gsub("%d+",function(x) return #x end) end
local co=coroutine.wrap(function() local a,b=0,1 while true do coroutine.yield(a) a,b=b,(a+b)%1000007 end end) local c for i=1,100000 do c=co() end
print(sieve(2000000),mandel(400),ff(3000000),cb(),hash(30000000),strs(50000),c)
