import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element with its children in order: the order matters to Amazon. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** A document that is no XML at all. */
export class IllFormed extends Error {
  constructor(line: number, column: number, why: string) {
    super(`The XML is ill-formed at line ${line} column ${column}: ${why}`);
    this.name = 'IllFormed';
  }
}

/** @throws IllFormed also for a byte-order mark, as Amazon does it. */
export const parseXml = (bytes: Buffer): XmlElement => {
  const text = decode(bytes);
  const checked = XMLValidator.validate(text);
  if (checked !== true) throw new IllFormed(checked.err.line, checked.err.col ?? 1, checked.err.msg);
  const roots = (parser.parse(text) as ParsedNode[]).filter(isElement);
  const [root] = roots;
  if (!root || roots.length > 1) throw new IllFormed(1, 1, 'exactly one root element is expected');
  return elementOf(root);
};

const decode = (bytes: Buffer): string => {
  if (bytes.subarray(0, 3).equals(byteOrderMark)) throw new IllFormed(1, 1, 'Content is not allowed in prolog.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new IllFormed(1, 1, 'Invalid byte of a UTF-8 sequence.');
  }
};

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Without it, &#228; would stay as it is.
  htmlEntities: true,
});

/** As the parser gives it with preserveOrder: one key with the children, and the attributes beside it. */
type ParsedNode = { readonly ':@'?: Record<string, string> } & Readonly<Record<string, unknown>>;

const nameOf = (node: ParsedNode): string => Object.keys(node).find((key) => key !== ':@') ?? '';

const isElement = (node: ParsedNode): boolean => nameOf(node) !== '#text';

const elementOf = (node: ParsedNode): XmlElement => {
  const name = nameOf(node);
  const content = node[name] as ParsedNode[];
  return {
    name,
    attributes: node[':@'] ?? {},
    children: content.filter(isElement).map(elementOf),
    text: content.map((child) => (isElement(child) ? '' : String(child['#text']))).join(''),
  };
};
