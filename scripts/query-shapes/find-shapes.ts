import ts from "typescript";
import { describeCall } from "./describe-call.ts";
import { readLiteral } from "./read-literal.ts";

/** A query of the Data API in a source file, or why its shape is not known. */
export interface FoundQuery {
  readonly line: number;
  readonly shapes: readonly string[];
  readonly problem?: string;
}

const HANDED_ON = "it is handed on before it is sent, so the check cannot follow it";

/** A run of calls, and whether it is under a condition. */
interface Link {
  readonly text: string;
  readonly isOptional: boolean;
}

/**
 * Finds every `….from("table")…` and `….rpc("function")…` of a source file. A query built in steps
 * (`let query = …; if (…) query = query.eq(…)`) has one shape for each way through its conditions.
 */
export function findShapes(fileName: string, text: string): FoundQuery[] {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const found: FoundQuery[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && startsQuery(node)) {
      const line = source.getLineAndCharacterOfPosition(node.expression.getEnd()).line + 1;
      try {
        found.push({ line, shapes: combine(follow(node)) });
      } catch (error) {
        found.push({ line, shapes: [], problem: (error as Error).message });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function startsQuery({ expression }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || !/^(from|rpc)$/.test(expression.name.text)) return false;
  const receiver = expression.expression;
  if (ts.isPropertyAccessExpression(receiver)) return receiver.name.text !== "storage";
  return !(ts.isIdentifier(receiver) && /^[A-Z]/.test(receiver.text));
}

/** The calls from `start` to the end of its chain, then those on the variable the chain is kept in. */
function follow(start: ts.CallExpression): Link[] {
  let call = start;
  let text = describe(call);
  while (ts.isPropertyAccessExpression(call.parent) && ts.isCallExpression(call.parent.parent)) {
    call = call.parent.parent;
    text += describe(call);
  }
  const links: Link[] = [{ text, isOptional: false }];
  const { parent } = call;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    return [...links, ...followVariable(parent.name)];
  }
  if (!isSent(call)) throw new Error(HANDED_ON);
  return links;
}

/** Awaited, one of several that are awaited together, or kept in a variable we follow. */
function isSent({ parent }: ts.Node): boolean {
  return ts.isAwaitExpression(parent) || ts.isArrayLiteralExpression(parent) || ts.isBinaryExpression(parent);
}

function followVariable(name: ts.Identifier): Link[] {
  const links: Link[] = [];
  for (const use of findUses(name)) {
    if (isAssigned(use)) continue;
    const call = use.parent.parent;
    if (ts.isPropertyAccessExpression(use.parent) && ts.isCallExpression(call)) {
      const [first, ...rest] = follow(call);
      links.push(
        { text: first!.text, isOptional: isReassignment(call, name) && isConditional(call, name) },
        ...rest,
      );
    } else if (!isSent(use)) {
      throw new Error(HANDED_ON);
    }
  }
  return links;
}

function describe(call: ts.CallExpression): string {
  const { name } = call.expression as ts.PropertyAccessExpression;
  return describeCall(name.text, call.arguments.map(readLiteral));
}

/** Uses of a variable in its block, in the order of the source. */
function findUses(name: ts.Identifier): ts.Identifier[] {
  const uses: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name) uses.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.findAncestor(name, ts.isBlock) ?? name.getSourceFile());
  return uses;
}

/** True for the left side of `query = query.eq(…)`. */
function isAssigned(use: ts.Identifier): boolean {
  return ts.isBinaryExpression(use.parent) && use.parent.left === use &&
    use.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function isReassignment(call: ts.Node, name: ts.Identifier): boolean {
  const assignment = ts.findAncestor(call, ts.isBinaryExpression);
  return assignment !== undefined && assignment.left.getText() === name.text;
}

function isConditional(call: ts.Node, name: ts.Identifier): boolean {
  const block = ts.findAncestor(name, ts.isBlock);
  const condition = ts.findAncestor(call, (node) => node === block ? "quit" : ts.isIfStatement(node));
  return condition !== undefined;
}

/** One shape for each choice among the optional links. */
function combine(links: readonly Link[]): string[] {
  let shapes = [""];
  for (const { text, isOptional } of links) {
    const longer = shapes.map((shape) => shape + text);
    shapes = isOptional ? [...shapes, ...longer] : longer;
  }
  return shapes.map((shape) => shape.slice(1));
}
