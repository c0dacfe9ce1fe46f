/** What a terminal sends for keys and mouse (xterm's control sequences), as names: "up", "ctrl-d", "a", "é". */
import { StringDecoder } from 'node:string_decoder';

export type TerminalInput =
  | { readonly key: string }
  /** The left button, counted from 0. */
  | { readonly mouse: 'click'; readonly line: number; readonly column: number }
  | { readonly mouse: 'wheel-up' | 'wheel-down' };

const ESCAPE = '\u001B';

/** Behind CSI or SS3. */
const letters: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  M: 'enter',
  P: 'f1',
};
/** CSI number ~ */
const numbers: Readonly<Record<string, string>> = {
  1: 'home',
  3: 'delete',
  4: 'end',
  5: 'page-up',
  6: 'page-down',
  7: 'home',
  8: 'end',
  11: 'f1',
};
const controls: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007F': 'backspace',
  '\b': 'backspace',
  [ESCAPE]: 'escape',
};
/** SGR mouse reports (1006): the wheel is buttons 64 and 65. */
const LEFT_BUTTON = 0;
const WHEEL_UP = 64;
const WHEEL_DOWN = 65;

// eslint-disable-next-line no-control-regex -- the escape sequences are what is looked for
const MOUSE = /^\u001B\[<(\d+);(\d+);(\d+)([Mm])/u;
// eslint-disable-next-line no-control-regex
const SEQUENCE = /^\u001B(?:\[([\d;]*)([\u0040-\u007E])|O([\u0040-\u007E]))/u;
// eslint-disable-next-line no-control-regex
const UNFINISHED = /^\u001B(?:\[[<\d;]*|O)$/u;

export class KeyDecoder {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  /** What `data` holds. What may be the beginning of a sequence is kept: see `flush`. */
  decode(data: Buffer): TerminalInput[] {
    let text = this.#rest + this.#decoder.write(data);
    const inputs: TerminalInput[] = [];
    this.#rest = '';
    while (text !== '') {
      if (text === ESCAPE || UNFINISHED.test(text)) {
        this.#rest = text;
        break;
      }
      const { input, length } = first(text);
      if (input) inputs.push(input);
      text = text.slice(length);
    }
    return inputs;
  }

  /** Whether something is kept. */
  get isWaiting(): boolean {
    return this.#rest !== '';
  }

  /** No more came: it was the Escape key, or noise. */
  flush(): TerminalInput[] {
    const isEscape = this.#rest === ESCAPE;
    this.#rest = '';
    return isEscape ? [{ key: 'escape' }] : [];
  }
}

function first(text: string): { readonly input: TerminalInput | undefined; readonly length: number } {
  const mouse = MOUSE.exec(text);
  if (mouse) return { input: mouseInput(mouse), length: mouse[0].length };
  const sequence = SEQUENCE.exec(text);
  if (sequence) {
    const [all, parameters = '', letter, single] = sequence;
    const key =
      single === undefined && letter === '~'
        ? numbers[parameters.split(';')[0]]
        : letters[single ?? letter ?? ''];
    return { input: key === undefined ? undefined : { key }, length: all.length };
  }
  const character = String.fromCodePoint(text.codePointAt(0)!);
  const key = controls[character] ?? (character < ' ' ? `ctrl-${letterOf(character)}` : character);
  return { input: { key }, length: character.length };
}

/** "d" for the control character of Ctrl-D. */
function letterOf(control: string): string {
  return String.fromCodePoint(control.codePointAt(0)! + 0x60);
}

function mouseInput([, button, column, line, press]: RegExpExecArray): TerminalInput | undefined {
  if (press !== 'M') return undefined;
  switch (Number(button)) {
    case LEFT_BUTTON:
      return { mouse: 'click', line: Number(line) - 1, column: Number(column) - 1 };
    case WHEEL_UP:
      return { mouse: 'wheel-up' };
    case WHEEL_DOWN:
      return { mouse: 'wheel-down' };
    default:
      return undefined;
  }
}
