import { invitePerson, startBrowserWorld } from "./tests/web/uploader/support/browser-world.ts";
import { listen } from "./sandbox/kit/http-server.ts";
import { QuickXorHash } from "./sandbox/microsoft/quick-xor-hash.ts";
import { BlobWriter } from "./sandbox/kit/blob-writer.ts";
const FILE = Deno.args[0] ?? "/tmp/uploader/1g.bin"; const N = Number(Deno.args[1] ?? 3);
const cors = {"access-control-allow-origin":"*","access-control-allow-methods":"*","access-control-allow-headers":"*","access-control-max-age":"600"};
// sink in its own process
if (Deno.args[0] === "sink") {
  await listen("127.0.0.1", 56690, async (req, io) => {
    if (req.method === "OPTIONS") return io.send(new Response(null,{headers:cors}));
    await Deno.create("/tmp/uploader/sink.bin").then(f=>f.close());
    const h=new QuickXorHash();const w = await BlobWriter.open("/tmp/uploader/sink.bin",0,(b)=>h.update(b));
    await io.body.pump((c)=>w.write(c)); await w.close();
    await io.send(Response.json({ok:true},{headers:cors}));
  });
  await new Promise(()=>{});
}
const sink = new Deno.Command(Deno.execPath(),{args:["run","-A","bench.tmp.ts","sink"],stdout:"null"}).spawn();
const world = await startBrowserWorld(56640);
const pids = await world.stack.pids();
function procs(){const m=new Map<number,{pp:number,t:number,cmd:string}>();for(const d of Deno.readDirSync("/proc")){if(!/^\d+$/.test(d.name))continue;try{const s=Deno.readTextFileSync(`/proc/${d.name}/stat`);const f=s.slice(s.lastIndexOf(")")+2).split(" ");m.set(+d.name,{pp:+f[1]!,t:(+f[11]! + +f[12]!)/100,cmd:Deno.readTextFileSync(`/proc/${d.name}/cmdline`).replaceAll("\0"," ")});}catch{}}return m;}
function cpu(){let br=0;const m=procs();for(const [,x] of m)if(x.cmd.includes("chromium"))br+=x.t;return {br,sb:m.get(pids.sandbox!)?.t??0,sk:m.get(sink.pid)?.t??0};}
function diff(a:ReturnType<typeof cpu>,b:ReturnType<typeof cpu>){return `browser ${(b.br-a.br).toFixed(2)} sandbox ${(b.sb-a.sb).toFixed(2)} sink ${(b.sk-a.sk).toFixed(2)}`}
try {
  const person = await invitePerson(world); const tab = await person.openTab();
  await tab.page.setInputFiles("input", FILE);
  const size = (await Deno.stat(FILE)).size; const M = size/1e6;
  const cdp = await person.context.newCDPSession(tab.page);
  await new Promise(r=>setTimeout(r,3000));
  const a: number[]=[], b: number[]=[];
  for (let i=0;i<N;i++){
    let c=cpu(); let t=performance.now(); await tab.page.evaluate(()=>putWhole("http://127.0.0.1:56690/")); let d=performance.now()-t; a.push(M/d*1000); console.log("plain", (M/d*1000).toFixed(0),"MB/s", diff(c,cpu()));
    c=cpu(); const h0=(await cdp.send("Runtime.getHeapUsage")); t=performance.now();
    const id = await tab.page.evaluate(()=>{(globalThis as any).addedAt=performance.now();delete (globalThis as any).bytesAt;return uploader.add(pickedFiles()[0]!)});
    await tab.page.evaluate((id)=>new Promise<void>((res,rej)=>{const chk=()=>{const s=uploader.getSnapshot().find(u=>u.id===id)!;if(s.status==="verifying"||s.status==="complete"){(globalThis as any).bytesAt??=performance.now()};if(s.status==="complete")res();if(s.status==="failed")rej(new Error(JSON.stringify(s.error)))};const off=uploader.subscribe(()=>{chk();if(["complete","failed"].includes(uploader.getSnapshot().find(u=>u.id===id)!.status))off()});chk()}),id);
    const total=performance.now()-t; d=await tab.page.evaluate(()=>(globalThis as any).bytesAt-(globalThis as any).addedAt); b.push(M/d*1000); const h1=(await cdp.send("Runtime.getHeapUsage"));
    console.log("uploader",(M/d*1000).toFixed(0),"MB/s",diff(c,cpu()),"heap +",((h1.usedSize-h0.usedSize)/1e6).toFixed(1),"MB backing",(((h1 as any).backingStorageSize-(h0 as any).backingStorageSize)/1e6).toFixed(1), "s", (d/1000).toFixed(2),"complete after",(total/1000).toFixed(2));
  }
  const med=(x:number[])=>x.toSorted((p,q)=>p-q)[x.length>>1]!;
  console.log("median plain",med(a).toFixed(0),"uploader",med(b).toFixed(0),"ratio",(med(b)/med(a)).toFixed(2), "best ratio", (Math.max(...b)/Math.max(...a)).toFixed(2));
} finally { await world.close(); sink.kill(); await sink.status; }
