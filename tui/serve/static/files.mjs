// Sequences of OSC 1337 (https://iterm2.com/documentation-images.html) that xterm.js does not know: a file in parts, and
// a file to keep. Pictures in parts are put together and passed on whole, where their last part stood.

const BEGIN = "\x1b]1337;";
const END = "\x07";

export class Files {
  // `keep` is given the name and the bytes of a file to keep.
  constructor(keep) {
    this.keep = keep;
    this.held = "";
    this.words = "";
    this.parts = [];
  }

  // What the terminal is to be given of this text, of which a sequence may be cut anywhere.
  passed(text) {
    let left = this.held + text;
    let through = "";
    for (;;) {
      const start = left.indexOf(BEGIN);
      if (start < 0) break;
      const end = left.indexOf(END, start);
      if (end < 0) {
        this.held = left.slice(start);
        return through + left.slice(0, start);
      }
      through += left.slice(0, start) + this.command(left.slice(start + BEGIN.length, end));
      left = left.slice(end + 1);
    }
    const kept = begun(left);
    this.held = left.slice(left.length - kept);
    return through + left.slice(0, left.length - kept);
  }

  command(body) {
    if (body.startsWith("MultipartFile=")) {
      this.words = body.slice("MultipartFile=".length);
      this.parts = [];
      return "";
    }
    if (body.startsWith("FilePart=")) {
      this.parts.push(body.slice("FilePart=".length));
      return "";
    }
    if (body === "FileEnd") {
      const whole = this.whole(this.words, this.parts.join(""));
      this.parts = [];
      return whole;
    }
    const colon = body.indexOf(":");
    if (body.startsWith("File=") && colon > 0) return this.whole(body.slice("File=".length, colon), body.slice(colon + 1));
    return BEGIN + body + END;
  }

  whole(words, data) {
    const given = new Map(words.split(";").map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
    if (given.get("inline") === "1") return `${BEGIN}File=${words}:${data}${END}`;
    this.keep(new TextDecoder().decode(bytes(given.get("name") ?? "")) || "safelight", bytes(data));
    return "";
  }
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

// How many characters at its end may begin a sequence.
function begun(text) {
  for (let length = Math.min(BEGIN.length - 1, text.length); length > 0; length--)
    if (BEGIN.startsWith(text.slice(text.length - length))) return length;
  return 0;
}
