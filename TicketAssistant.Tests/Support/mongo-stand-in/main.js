// A stand-in for a MongoDB server, for tests on machines that have none. IT IS NOT MONGODB: what passes here still has to pass
// against the real thing (docs/mongodb.md says how).
//
// It speaks OP_MSG to an unchanged driver and keeps documents in memory; mingo gives queries, updates, sorts and projections
// their meaning, bson is the codec. One command runs at a time, start to end, so each is atomic, as a single-document write is
// in MongoDB; unlike there, nothing else is ever concurrent.
//
// It does not: keep anything on disk, replicate, time out, authenticate, use TLS or compression, know transactions, apply a
// retried write only once, use an index for anything but uniqueness, plan or explain queries, compare with a collation, or
// tell int from long from double (a number comes back as the smallest that holds it). Read and write concerns are accepted and
// mean nothing. Whatever command, option or operator is not listed in commands.js is refused.
import net from "node:net";
import { Commands } from "./commands.js";
import { MessageReader, encode } from "./wire.js";

const commands = new Commands();
let connections = 0;

const server = net.createServer((socket) => {
  const session = { id: ++connections, appName: null, port: server.address().port };
  const reader = new MessageReader();
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    try {
      for (const message of reader.read(chunk)) {
        const reply = commands.run(message.body, session);
        if (reply === null) return void socket.destroy();
        socket.write(encode(reply, message));
      }
    } catch (error) {
      process.stderr.write(`${error.stack}\n`);
      socket.destroy();
    }
  });
});

server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));

// Whoever started it holds its standard input: it ends with them, even if they are killed.
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
