/** The snapshot that growth is measured from, read beside the tree itself. */
import { startSurvey } from '../../browse/browse.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { takeNews } from './browse-news.ts';
import type { SourceHooks } from './browse-source.ts';

export class SinceSource {
  readonly #path: ByteString;
  readonly #root: ByteString | undefined;
  #reading: ReturnType<typeof startSurvey> | undefined;

  /** @param root what it has to hold; undefined where that is read from a file too. */
  constructor(path: ByteString, root: ByteString | undefined) {
    this.#path = path;
    this.#root = root;
  }

  start(hooks: SourceHooks): void {
    this.#reading = startSurvey(
      { kind: 'before', path: this.#path, root: this.#root },
      (news) => takeNews(news, hooks),
      (error) => hooks.fail(error),
    );
  }

  end(): void {
    this.#reading?.end();
  }
}
