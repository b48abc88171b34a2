/** One call of a query's shape: `.order(id; ascending=false)` is order, ["id"], { ascending: false }. */
export interface ShapeCall {
  readonly method: string;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** Reads a shape as scripts/query-shapes/describe-call.ts writes it. */
export function parseShape(shape: string): ShapeCall[] {
  const calls: ShapeCall[] = [];
  let rest = `.${shape}`;
  while (rest) {
    const method = /^\.(\w+)\(/.exec(rest)?.[1];
    if (!method) throw new Error(`This is no shape: ${shape}`);
    const start = method.length + 2;
    const end = findClosing(rest, start);
    calls.push(parseCall(method, rest.slice(start, end)));
    rest = rest.slice(end + 1);
  }
  return calls;
}

function parseCall(method: string, inside: string): ShapeCall {
  const [main = "", optionText = ""] = inside.includes("=") ? splitOptions(inside) : inside.split("; ");
  const separator = method === "rpc" ? /: |, / : method === "select" ? /$^/ : /, /;
  return {
    method,
    args: main.split(separator).filter((arg) => arg !== ""),
    options: Object.fromEntries(
      optionText.split(", ").filter(Boolean).map((option) => {
        const [name = "", value = ""] = option.split("=");
        return [name, /^(true|false|null|\d+)$/.test(value) ? JSON.parse(value) : value];
      }),
    ),
  };
}

/** Options stand alone where a call has no other part in the shape. */
function splitOptions(inside: string): [string, string] {
  const at = inside.indexOf("; ");
  return at < 0 ? ["", inside] : [inside.slice(0, at), inside.slice(at + 2)];
}

function findClosing(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return at;
  }
  throw new Error(`A bracket is not closed: ${text}`);
}
