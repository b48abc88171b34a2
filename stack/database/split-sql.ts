export interface SqlStatement {
  readonly text: string;
  /** 1-based line of the file on which the statement starts. */
  readonly line: number;
}

/** A quoted or commented stretch that may contain semicolons: comments, strings, identifiers, dollar quotes. */
const OPAQUE =
  /--[^\n]*|\/\*|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?:[A-Za-z_][\w]*)?\$/y;

/**
 * Splits a SQL file into its statements, without the semicolons. Understands strings, quoted identifiers,
 * dollar quotes, nested comments and `begin atomic … end` bodies.
 */
export function splitSql(source: string): SqlStatement[] {
  const statements: SqlStatement[] = [];
  let start = 0;
  let at = 0;
  while (at <= source.length) {
    if (at === source.length || (source[at] === ";" && !isInsideAtomicBody(source.slice(start, at)))) {
      const statement = trim(source, start, at);
      if (statement) statements.push(statement);
      start = at + 1;
      at += 1;
      continue;
    }
    at = skipOpaque(source, at) ?? at + 1;
  }
  return statements;
}

function skipOpaque(source: string, at: number): number | null {
  // An identifier may contain a dollar sign, and `e'` inside a word is no string prefix.
  const previous = source[at - 1] ?? "";
  if (/[\w$]/.test(previous) && /[eE$]/.test(source[at]!)) return null;
  OPAQUE.lastIndex = at;
  const match = OPAQUE.exec(source)?.[0];
  if (match === undefined) return null;
  if (match === "/*") return skipComment(source, at);
  if (!match.startsWith("$")) return at + match.length;
  const end = source.indexOf(match, at + match.length);
  return end < 0 ? source.length : end + match.length;
}

function skipComment(source: string, at: number): number {
  let depth = 0;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at;
  for (let mark = marks.exec(source); mark; mark = marks.exec(source)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return source.length;
}

function isInsideAtomicBody(text: string): boolean {
  const body = /\bbegin\s+atomic\b([\s\S]*)$/i.exec(text)?.[1];
  return body !== undefined && !/\bend\s*$/i.test(body);
}

function trim(source: string, from: number, to: number): SqlStatement | null {
  let start = from;
  while (start < to) {
    const rest = /\s+|--[^\n]*|\/\*/y;
    rest.lastIndex = start;
    const match = rest.exec(source)?.[0];
    if (match === undefined) break;
    start = match === "/*" ? skipComment(source, start) : start + match.length;
  }
  const text = source.slice(start, to).trimEnd();
  return start < to && text ? { text, line: source.slice(0, start).split("\n").length } : null;
}
