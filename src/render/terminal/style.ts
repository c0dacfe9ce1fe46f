/** Colours, or none: no colour carries meaning alone. */
import { styleText } from 'node:util';

type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly warning: Paint;
  readonly bad: Paint;
}

const plain: Paint = (text) => text;

export function createStyle(color: boolean): Style {
  if (!color) return { bold: plain, dim: plain, good: plain, warning: plain, bad: plain };
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    good: paint('green'),
    // Yellow is next to invisible on a light background.
    warning: paint('magenta'),
    bad: paint('red'),
  };
}

function paint(format: Parameters<typeof styleText>[0]): Paint {
  return (text) => styleText(format, text, { validateStream: false });
}
