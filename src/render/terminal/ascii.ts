/** Text for terminals that draw ASCII only: every character becomes as many plain ones as it has columns, so that what was laid out stays so. */
import { textWidth } from './text-width.ts';

const plain: Readonly<Record<string, string>> = {
  '…': '~',
  '–': '-',
  '—': '-',
  '−': '-',
  '·': '-',
  '→': '>',
  '←': '<',
  '▸': '>',
  '≥': '>',
  '≤': '<',
  '×': 'x',
  '÷': '/',
  '±': '~',
  '’': "'",
  '§': 'S',
  '─': '-',
  '│': '|',
  '├': '|',
  '└': '`',
  '█': '#',
  '▉': '#',
  '▊': '=',
  '▋': '=',
  '▌': '=',
  '▍': '-',
  '▎': '-',
  '▏': '-',
  '░': '.',
  '▁': '_',
  '▂': '.',
  '▃': '-',
  '▄': '=',
  '▅': '+',
  '▆': '*',
  '▇': '%',
};

const other = /[^\0-~]/gu;

/** What has no likeness is `?`, a wide character two of them, as ls(1) does; commands to paste are ASCII already. */
export function asciiText(text: string): string {
  return text.replaceAll(other, (character) => plain[character] ?? '?'.repeat(textWidth(character)));
}
