function Rng(s){this.s=s}Rng.prototype.next=function(){return this.s=(Math.imul(this.s,1103515245)+12345)&0x7fffffff};
function nbody(n){const b=[[0,0,0,0,0,0,39.47],[4.84,-1.16,-.1,.6,2.8,-.02,.037],[8.34,4.12,-.4,-1.01,1.8,.008,.011]];for(let k=0;k<n;k++){for(let i=0;i<3;i++)for(let j=i+1;j<3;j++){const p=b[i],q=b[j],x=p[0]-q[0],y=p[1]-q[1],z=p[2]-q[2],d=x*x+y*y+z*z,m=.01/(d*Math.sqrt(d));p[3]-=x*q[6]*m;p[4]-=y*q[6]*m;p[5]-=z*q[6]*m;q[3]+=x*p[6]*m;q[4]+=y*p[6]*m;q[5]+=z*p[6]*m}for(const p of b){p[0]+=.01*p[3];p[1]+=.01*p[4];p[2]+=.01*p[5]}}return b[0][0].toFixed(9)}
class Tree{constructor(k){this.k=k;this.l=this.r=null}add(k){let t=this;for(;;){if(k<t.k){if(!t.l){t.l=new Tree(k);return}t=t.l}else{if(!t.r){t.r=new Tree(k);return}t=t.r}}}sum(d){return d*this.k%1000003+(this.l?this.l.sum(d+1):0)+(this.r?this.r.sum(d+1):0)}}
function trees(n){const r=new Rng(42);let t=0;for(let j=0;j<5;j++){const root=new Tree(r.next());for(let i=0;i<n;i++)root.add(r.next());t=(t+root.sum(1))%1000000007}return t}
function crypto32(n){let a=1,b=2,h=new Uint32Array(1024);for(let i=0;i<n;i++){a=(a<<5|a>>>27)^b;b=Math.imul(b,0x9e3779b1)+i|0;h[(a>>>3)&1023]+=b;}return h.reduce((x,y)=>(x^y)>>>0)}
function strings(n){const m=new Map;for(let i=0;i<n;i++){const k="key"+(i*7919%5003);m.set(k,(m.get(k)||"")+String.fromCharCode(97+i%26))}return[...m.values()].map(s=>s.replace(/([aeiou])(.)/g,"$2$1").length).reduce((a,b)=>a+b)}
function closures(n){let f=x=>x;for(let i=0;i<50;i++){const g=f;f=x=>g(x)+i}let s=0;for(let i=0;i<n;i++)s=(s+f(i))%1000003;return s}
function gen(n){function*g(){for(let i=0;i<n;i++)yield i*i}let s=0n;for(const v of g())s+=BigInt(v);return s.toString()}
function evals(n){let s=0;for(let i=0;i<n;i++){s+=new Function("a","b","return a*"+i+"+b%"+(i+1))(i,s)}return s}
console.log(nbody(300000),trees(20000),crypto32(8000000),strings(200000),closures(60000),gen(300000),evals(2000));
console.log(JSON.stringify(JSON.parse(JSON.stringify([...Array(3000)].map((_,i)=>({i,s:"x"+i,v:[i/3]}))))).length);
