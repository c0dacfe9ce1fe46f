/** The conditions of a run, loaded only where there are any. */
import type { ByteString } from '../../model/byte-string.ts';
import type { ConditionOptions, Conditions } from './conditions.ts';

/** Undefined where nothing is asked; throws UsageError for what cannot be judged. */
export async function askedConditions(
  options: ConditionOptions,
  paths: readonly ByteString[],
): Promise<Conditions | undefined> {
  // What is set for --check waits for it.
  const asked = options.check ? options : { ...options, warnIf: [] };
  if (!asked.check && asked.failIf.length === 0) return undefined;
  const { startConditions } = await import('./conditions.ts');
  return startConditions(asked, paths);
}
