/** What new files held when they were forgotten: should one grow again, it is counted from there. */
import type { FileId } from '../../model/file-id.ts';
import type { InodeMeter } from './inode-meter.ts';

const MOST = 20_000;

export class ForgottenFiles {
  /** The latest last. */
  readonly #meters = new Map<FileId, InodeMeter>();

  /** Undefined where it is not known, or its number is another file's by now. */
  get(id: FileId, bornAt: number): InodeMeter | undefined {
    const meter = this.#meters.get(id);
    return meter?.bornAt === bornAt ? meter : undefined;
  }

  add(meter: InodeMeter): void {
    this.#meters.set(meter.id, meter);
    if (this.#meters.size > MOST) this.#meters.delete(this.#meters.keys().next().value!);
  }
}
