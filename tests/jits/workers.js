const {Worker,isMainThread,workerData}=require("worker_threads");
if(isMainThread){const sab=new SharedArrayBuffer(4096),a=new Int32Array(sab);let left=4;for(let i=0;i<4;i++)new Worker(__filename,{workerData:{sab,i}}).on("exit",c=>{if(c)console.log("bad",c);if(!--left)console.log(a[0],a[1],a[2])})}
else{const a=new Int32Array(workerData.sab);for(let i=0;i<200000;i++){Atomics.add(a,0,1);while(Atomics.compareExchange(a,8,0,1)!==0);a[1]++;Atomics.store(a,8,0)}
let x=workerData.i;for(let i=0;i<3e6;i++)x=(Math.imul(x,1664525)+1013904223)|0;Atomics.xor(a,2,x)}
