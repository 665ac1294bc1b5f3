// The same text, cut at every place: what is passed on and what is kept must not depend on it.
const sent = [
  "before\x1b[1m\x1b]1337",
  ";MultipartFile=inline=1;size=6;width=2\x07\x1b[5n\x1b]1337;FilePart=YWJj\x07keys\x1b]1337;FilePart=ZGVm\x07",
  "\x1b]1337;FileEnd\x07\x1b]1337;File=name=YS5qcGc=;size=3;inline=0:Z2hp\x07",
  "\x1b]1337;MultipartFile=name=Yi5qcGc=;size=3;inline=0\x07\x1b]1337;FilePart=amts\x07\x1b]1337;FileEnd\x07",
  "\x1b]1337;SetMark\x07\x1b]133",
  "6;other\x07after",
].join("");
const expected =
  "before\x1b[1m\x1b[5nkeys\x1b]1337;File=inline=1;size=6;width=2:YWJjZGVm\x07\x1b]1337;SetMark\x07\x1b]1336;other\x07after";
for (let cut = 0; cut <= sent.length; cut++) {
  const kept = [];
  const files = new Files((name, data) => kept.push(`${name} ${new TextDecoder().decode(data)}`));
  const passed = files.passed(sent.slice(0, cut)) + files.passed(sent.slice(cut));
  if (passed !== expected) return `cut at ${cut}: ${JSON.stringify(passed)}`;
  if (kept.join() !== "a.jpg ghi,b.jpg jkl") return `cut at ${cut} kept ${kept.join()}`;
}
return "whole";
