// The app's terminal in a browser: bytes from the web socket to xterm.js, keys and size the other way.

import { FitAddon } from "./addon-fit.mjs";
import { ImageAddon } from "./addon-image.mjs";
import { Files } from "./files.mjs";
import { Terminal } from "./xterm.mjs";

const said = document.getElementById("said");
const terminal = new Terminal({
  allowProposedApi: true,
  fontFamily: 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace',
  fontSize: 14,
  scrollback: 0,
  theme: { background: "#0f0d0c" },
});
const fit = new FitAddon();
terminal.loadAddon(fit);
terminal.loadAddon(new ImageAddon());
terminal.open(document.getElementById("terminal"));
// The app goes by what a terminal calls itself (XTVERSION).
terminal.parser.registerCsiHandler({ prefix: ">", final: "q" }, () => {
  terminal.input("\x1bP>|Safelight(1.0)\x1b\\", false);
  return true;
});
// Text for the clipboard (xterm, OSC 52); nothing is ever read from it.
terminal.parser.registerOscHandler(52, (body) => {
  const data = body.slice(body.indexOf(";") + 1);
  if (data !== "?") navigator.clipboard?.writeText(new TextDecoder().decode(Uint8Array.from(atob(data), (c) => c.charCodeAt(0))));
  return true;
});
fit.fit();

// A link is good once: it need not stay in the history.
history.replaceState(null, "", "/");

const place = new URL("/terminal", location.href);
place.protocol = place.protocol.replace("http", "ws");
let socket = null;

function begin() {
  said.hidden = true;
  terminal.reset();
  const files = new Files(keep);
  const decoder = new TextDecoder();
  place.search = new URLSearchParams(size());
  const line = new WebSocket(place);
  socket = line;
  line.binaryType = "arraybuffer";
  line.onmessage = (message) => terminal.write(files.passed(decoder.decode(message.data, { stream: true })));
  line.onclose = (close) => {
    if (socket !== line) return;
    socket = null;
    said.textContent = `${close.reason || "The line was cut. Batches go on, and R takes up your filters."} Press Enter to begin again.`;
    said.hidden = false;
  };
  terminal.focus();
}

function keep(name, data) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([data]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function size() {
  const cell = terminal.dimensions?.css.cell ?? { width: 8, height: 16 };
  const { cols: columns, rows } = terminal;
  return { columns, rows, width: Math.round(columns * cell.width), height: Math.round(rows * cell.height) };
}

function send(data) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(data);
}

const encoder = new TextEncoder();
terminal.onData((text) => {
  if (socket === null && text === "\r") begin();
  else send(encoder.encode(text));
});
terminal.onBinary((text) => send(Uint8Array.from(text, (char) => char.charCodeAt(0))));
terminal.onResize(() => send(JSON.stringify(size())));
new ResizeObserver(() => fit.fit()).observe(document.getElementById("terminal"));
begin();
