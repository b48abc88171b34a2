import ts from "typescript";
import { DYNAMIC } from "./describe-call.ts";

/** The value of an expression as far as the file itself tells it, DYNAMIC otherwise. */
export function readLiteral(node: ts.Expression): unknown {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (node.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isObjectLiteralExpression(node)) return readObject(node);
  if (ts.isIdentifier(node)) return readConstant(node);
  if (ts.isBinaryExpression(node)) return readJoined(node);
  return DYNAMIC;
}

/** A long text in several parts. */
function readJoined({ left, operatorToken, right }: ts.BinaryExpression): unknown {
  const parts = [readLiteral(left), readLiteral(right)];
  const isText = operatorToken.kind === ts.SyntaxKind.PlusToken &&
    parts.every((part) => typeof part === "string");
  return isText ? parts.join("") : DYNAMIC;
}

function readObject(node: ts.ObjectLiteralExpression): unknown {
  const values: Record<string, unknown> = {};
  for (const property of node.properties) {
    if (ts.isShorthandPropertyAssignment(property)) values[property.name.text] = DYNAMIC;
    else if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) return DYNAMIC;
    else values[property.name.text] = readLiteral(property.initializer);
  }
  return values;
}

/** A constant at the top of the same file. */
function readConstant(name: ts.Identifier): unknown {
  for (const statement of name.getSourceFile().statements) {
    if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) {
      continue;
    }
    for (const declaration of statement.declarationList.declarations) {
      const isIt = ts.isIdentifier(declaration.name) && declaration.name.text === name.text;
      if (isIt && declaration.initializer) return readLiteral(declaration.initializer);
    }
  }
  return DYNAMIC;
}
