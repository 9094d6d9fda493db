import { CommandError } from "./errors.js";

/**
 * MongoDB's own "failCommand" test hook, as far as the tests use it: the commands named fail, after the first `skip` of them or
 * for the next `times`, on connections of one application.
 */
export class FailPoint {
  #mode = "off";
  #data = {};

  configure(body) {
    if (body.configureFailPoint !== "failCommand") throw new CommandError(2, `The stand-in has no fail point '${body.configureFailPoint}'.`);
    const isKnown = ["off", "alwaysOn"].includes(body.mode) || ["skip", "times"].includes(Object.keys(body.mode)[0]);
    if (!isKnown) throw new CommandError(2, "The stand-in knows the fail point modes off, alwaysOn, {skip} and {times}.");
    this.#mode = typeof body.mode === "string" ? body.mode : { ...body.mode };
    this.#data = body.data ?? {};
  }

  /** What is to happen to this command, or null. */
  strike(command, appName) {
    if (this.#mode === "off" || !this.#data.failCommands?.includes(command)) return null;
    if (this.#data.appName && this.#data.appName !== appName) return null;
    if (this.#mode.skip > 0) {
      this.#mode.skip--;
      return null;
    }
    if (this.#mode.times !== undefined && this.#mode.times-- <= 0) return null;
    return this.#data;
  }
}
