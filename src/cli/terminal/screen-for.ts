/** What lines for a person are drawn with, as the options and the terminal say. */
import type { Screen } from '../../render/terminal/screen.ts';
import { createStyle } from '../../render/terminal/style.ts';
import type { Terminal } from './terminal.ts';

/** Of the options; what a command does not have is left out. */
interface Drawn {
  readonly color: 'auto' | 'always' | 'never';
  readonly exactBytes: boolean;
  readonly apparent?: boolean;
  readonly top?: number;
}

/** A pipe has no width: nothing is cut in it. */
export function screenFor(
  { color, exactBytes, apparent = false, top = Infinity }: Drawn,
  { isOutputTerminal, width, wantsColor }: Pick<Terminal, 'isOutputTerminal' | 'width' | 'wantsColor'>,
): Screen {
  return {
    width: isOutputTerminal ? width : Infinity,
    style: createStyle(wantsColor(color)),
    sizes: { exact: exactBytes },
    apparent,
    top,
  };
}
