/** A finding as JSON. */
import { isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';

export function findingJson({ paths, remedy, urgent, ...rest }: Finding): object {
  return {
    ...rest,
    urgent: urgent ?? false,
    paths: paths.map(toText),
    // Beside the texts, where one of them does not lead back to its file.
    ...(paths.every(isText) ? {} : { pathsBase64: paths.map((path) => toBuffer(path).toString('base64')) }),
    remedy: { text: remedy.text, command: remedy.command ?? null },
  };
}
