// node worker.js PEER TEMPLATE DATA COUNT OUT: fills one template COUNT times, prints what it cost as JSON.
"use strict";
const fs = require("node:fs");
const [peer, templatePath, dataPath, countText, out] = process.argv.slice(2);
const count = Number(countText);
const template = fs.readFileSync(templatePath);
const data = JSON.parse(fs.readFileSync(dataPath, "utf8"));
const WARM = 10;

function docxtemplater() {
  const PizZip = require("pizzip");
  const Docxtemplater = require("docxtemplater");
  return async () => {
    const doc = new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: true });
    doc.render(data);
    return doc.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  };
}

function easy() {
  const { TemplateHandler } = require("easy-template-x");
  const handler = new TemplateHandler();
  return () => handler.process(template, data);
}

function carbone() {
  const engine = require("carbone");
  return () =>
    new Promise((resolve, reject) => {
      engine.render(templatePath, data, (error, result) => (error ? reject(error) : resolve(result)));
    });
}

async function main() {
  const begun = process.cpuUsage();
  const fill = { docxtemplater, easy, carbone }[peer]();
  let result = await fill();
  const first = process.cpuUsage(begun);
  for (let i = 1; i < WARM; i++) result = await fill();
  const before = process.cpuUsage();
  const started = process.hrtime.bigint();
  for (let i = 0; i < count; i++) result = await fill();
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  const cpu = process.cpuUsage(before);
  fs.writeFileSync(out, Buffer.from(result));
  const told = {
    cpu: (cpu.user + cpu.system) / 1e6 / count,
    wall: wall / count,
    first: (first.user + first.system) / 1e6,
    peak: Number(fs.readFileSync("/proc/self/status", "ascii").match(/VmHWM:\s+(\d+)/)[1]) * 1024,
    size: result.length,
  };
  process.stdout.write(JSON.stringify(told) + "\n", () => process.exit(0));
}

main().catch((error) => {
  process.stderr.write(String(error.stack || error) + "\n");
  process.exit(1);
});
