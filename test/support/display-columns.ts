/** How many columns text takes on a terminal, as another implementation sees it: ICU, by way of Node's readline. */
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';

/** ICU takes these apart into what they are made of; a terminal shows one character. */
const musicalNotes = /[\u{1D15E}-\u{1D164}\u{1D1BB}-\u{1D1C0}]/gu;

const editor = createInterface({
  input: new PassThrough(),
  output: new PassThrough(),
  terminal: true,
  prompt: '',
});
editor.close();

/** Marks that do not space take none, those of East Asian scripts too, which ICU calls wide. */
export function displayColumns(text: string): number {
  const line = text.replaceAll(/\p{Mn}/gu, '').replaceAll(musicalNotes, 'x');
  Object.assign(editor, { line, cursor: line.length });
  return editor.getCursorPos().cols;
}
