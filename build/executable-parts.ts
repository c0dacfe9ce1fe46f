/** What the single executable is made of: files, each for the processor it is to run on. */
export interface ExecutableParts {
  readonly node: string;
  readonly koffi: string;
  readonly packs: { readonly program: string; readonly threads: string };
}
