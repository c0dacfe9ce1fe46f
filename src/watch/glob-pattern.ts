/** Wildcards as glob(7) means them, for the few patterns in other programs' settings. */

/** A pattern for whole paths: `*`, `?` and `[…]` never match a slash; `{a,b}` is either. */
export function globPattern(glob: string): RegExp {
  let source = '';
  let braces = 0;
  for (let at = 0; at < glob.length; at++) {
    const character = glob[at];
    const close = character === '[' ? glob.indexOf(']', at + 2) : -1;
    if (close > 0) {
      const inside = glob
        .slice(at + 1, close)
        .replace(/^!/u, '^')
        .replaceAll('\\', String.raw`\\`);
      source += `[${inside.replaceAll('[', String.raw`\[`)}]`;
      at = close;
    } else if (character === '\\' && at + 1 < glob.length) source += literal(glob[++at]);
    else if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (character === '{') {
      braces++;
      source += '(?:';
    } else if (character === '}' && braces > 0) {
      braces--;
      source += ')';
    } else if (character === ',' && braces > 0) source += '|';
    else source += literal(character);
  }
  try {
    return new RegExp(`^${source}$`, 'su');
  } catch {
    return /(?!)/u;
  }
}

function literal(character: string): string {
  return character.replace(/[$()*+./?[\\\]^{|}]/u, String.raw`\$&`);
}
