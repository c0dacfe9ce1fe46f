/** Who stands behind a writer, as a person reads it; '' where nobody is known. */
import type { Writer } from '../../src/model/watch-event.ts';
import { originText } from '../../src/render/words/writers.ts';

export function behindText(writer: Writer | undefined): string {
  return writer?.behind === undefined ? '' : originText(writer.behind);
}
