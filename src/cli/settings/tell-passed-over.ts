/** Says which settings root did not read, and lets nothing be deleted meanwhile: one of them may say what to keep. */
import { fromText } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { Request } from '../options/typed-options.ts';
import type { PassedOver } from './setting.ts';

const WHY = 'others than root can write it, so root does not read it';

/**
 * Writes a line for each; what cannot be read at all is another's, and no word of it.
 * @throws UsageError where the request deletes.
 */
export function tellPassedOver(
  { command, options }: Request,
  passedOver: readonly PassedOver[],
  writeError: (line: string) => void,
): void {
  // It tells in its own words.
  if (command === 'config') return;
  for (const { path, why } of passedOver) {
    if (why !== 'distrusted') continue;
    if (deletes(options))
      throw new UsageError(
        `${WHY}, and deletes nothing that it may say to keep; make it root's, or set XDG_CONFIG_HOME`,
        fromText(path),
      );
    writeError(`diskwhy: ${path}: ${WHY}\n`);
  }
}

function deletes(options: Request['options']): boolean {
  return (
    ('deletes' in options && options.deletes) ||
    ('purge' in options && options.purge !== undefined) ||
    ('apply' in options && Boolean(options.apply))
  );
}
