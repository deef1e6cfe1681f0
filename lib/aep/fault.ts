import { EngineError } from '../errors.ts';

/**
 * Nothing of the file can be read. `offset` is the byte at which reading stopped, counted from the start of the file,
 * so that the place can be looked at with any hex viewer.
 */
export class TemplateFault extends EngineError {
  override name = 'TemplateFault';
  readonly offset: number;

  constructor(what: string, offset: number, options?: ErrorOptions) {
    super('TEMPLATE_UNREADABLE', `${what} (at byte ${offset})`, options);
    this.offset = offset;
  }
}
