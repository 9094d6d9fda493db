/** An error that the client sees, with MongoDB's code for it. */
export class CommandError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
