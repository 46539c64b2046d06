import { algorithmOf } from '../recipients.js';
import { enrolmentCode, makeKeyPair } from '../device-keys.js';
import { fingerprintOf, publicKeyBlob, publicKeyLine, readPublicKeyLine } from '../ssh/public-key.js';
import { makeSigner, readSigner } from '../ssh/private-key.js';
import { enrol, makeTeamKey, openTeamKey, rotate, wrapTeamKey, type Device } from '../team.js';
import type { Command, Given } from './command.js';
import { readIdentities } from './identity-file.js';
import { publish } from './published.js';
import { signNextManifest } from './sign-manifest.js';
import { keyFile, readBytes, type TeamFile } from './team-folder.js';
import { CannotBeDone, UsageError } from './usage-error.js';

const DAYS = { value: 'DAYS', help: 'how long the manifest is valid: 30, at most 45' };
const IDENTITY = { value: 'FILE', help: 'your age identity: a device that is enrolled, or the recovery key' };
const RECOVERY = 'recovery key';

const makeTeam: Command = {
  name: 'make-team',
  words: [],
  summary: 'make a team: its root key, its recovery key, its first key and a signed manifest',
  help: ['Run it where the root key can stay: offline, or on the machine of whoever answers for the team.'],
  options: {
    team: { value: 'NAME', help: 'as customers read it: "Only NAME can open this."' },
    desk: { value: 'ID', help: 'the desk it works for; may be given more than once' },
    root: { value: 'FILE', help: 'an Ed25519 key of your own, made by ssh-keygen; without it one is made' },
    recovery: { value: 'RECIPIENT', help: 'an age recipient whose identity lies in a safe; without it a recovery key is made' },
    'ssh-key': { value: 'FILE', help: 'public key line that customers are offered instead of a password' },
    'post-quantum': { help: 'seal with ML-KEM-768 and X25519; needs age 1.3 or newer on the command line' },
    days: DAYS,
  },
  async run(given) {
    const { folder, now } = given;
    const desks = given.all('desk');
    if (!desks.length) throw new UsageError('--desk is needed.');
    if (await folder.isTaken()) throw new CannotBeDone(`There is a team in ${folder.place('.')} already.`);
    const name = given.needed('team');
    const ssh = given.text('ssh-key');
    const root = await rootOf(given, name);
    const recovery = await recoveryOf(given);
    const algorithm = given.is('post-quantum') ? 'mlkem768x25519' : 'x25519';
    const key = await makeTeamKey(1, algorithm);
    await folder.write(keyFile(1), await wrapTeamKey(key, [recovery]));
    const team: TeamFile = {
      v: 1,
      team: name,
      desks,
      algorithm,
      ...root,
      seq: 0,
      keys: [{ epoch: 1, recipient: key.recipient }],
      devices: [recovery],
      ...(ssh !== undefined && { ssh: await publicLine(ssh) }),
    };
    await signNextManifest(folder, team, daysOf(given), now);
    return [
      `The team "${name}" is in ${folder.place('.')}.`,
      `Root key, to be pinned (vault-pin):  ${root.root}`,
      ...(given.text('recovery') === undefined ? [`Print ${folder.place('recovery.txt')}, put it into a safe and delete the file.`] : []),
      'Next: enrol the devices of your agents, and publish.',
    ];
  },
};

const device: Command = {
  name: 'device',
  words: ['FILE'],
  summary: 'make a key for a command line, and show the code that is read out to be enrolled',
  options: { 'post-quantum': { help: 'ML-KEM-768 and X25519, if all devices of the team are' } },
  async run({ folder, words: [file = ''], is }) {
    const { identity, recipient } = await makeKeyPair(is('post-quantum') ? 'mlkem768x25519' : 'x25519');
    await folder.writeNew(file, `# public key: ${recipient}\n${identity.reveal()}\n`);
    return [
      `recipient  ${recipient}`,
      `code       ${await enrolmentCode(recipient)}`,
      '',
      'Send the recipient, and read the code out over the phone.',
    ];
  },
};

const enrolDevice: Command = {
  name: 'enrol',
  words: [],
  summary: 'wrap the keys of the team to one device more',
  options: {
    name: { value: 'NAME', help: 'whose device it is' },
    recipient: { value: 'RECIPIENT', help: 'as it was sent: age1…' },
    code: { value: 'CODE', help: 'as its owner read it out; never as the server shows it' },
    identity: IDENTITY,
  },
  async run(given) {
    const { folder } = given;
    const team = await folder.read();
    const newcomer = { name: given.needed('name'), recipient: given.needed('recipient') };
    const code = given.needed('code');
    const identities = await readIdentities(given.needed('identity'));
    algorithmOf([...team.devices, newcomer].map(({ recipient }) => recipient));
    const wrapped = new Map<number, Uint8Array>();
    for (const { epoch, recipient } of team.keys) {
      const file = await folder.readBytes(keyFile(epoch));
      wrapped.set(epoch, await enrol({ file, identities, trusted: recipient, newcomer, code }));
    }
    for (const [epoch, file] of wrapped) await folder.write(keyFile(epoch), file);
    const others = team.devices.filter(({ recipient }) => recipient !== newcomer.recipient);
    await folder.save({ ...team, devices: [...others, newcomer] });
    return [
      `${newcomer.name} can open what is sealed for "${team.team}".`,
      ...[...wrapped.keys()].map((epoch) => `Hand to the server: ${folder.place(keyFile(epoch))}`),
    ];
  },
};

const rotateKey: Command = {
  name: 'rotate',
  words: [],
  summary: 'show which devices would have the next key of the team; with --yes, make and sign it',
  help: [
    'Who leaves is shut out once this is published, active records are sealed anew (reseal-records) and the old key is forgotten (forget).',
    'Devices that were let in at the vault page are on the list inside the file that the server keeps: name it with --team-key.',
  ],
  options: {
    without: { value: 'NAME', help: 'a device that is not to have the new key; may be given more than once' },
    yes: { help: 'the list is right' },
    'team-key': { value: 'FILE', help: 'the newest team-N.age, as the server keeps it (npm run desk -- access save-key)' },
    identity: { value: 'FILE', help: 'your age identity, to read its list' },
    'post-quantum': { help: 'go over to ML-KEM-768 and X25519' },
    classical: { help: 'go back to X25519' },
    days: DAYS,
  },
  async run(given) {
    const { folder, now } = given;
    const team = await folder.read();
    const leaving = given.all('without');
    const all = await devicesOf(given, team);
    const unknown = leaving.find((name) => !all.some((device) => device.name === name));
    if (unknown !== undefined) throw new CannotBeDone(`No device is called "${unknown}". There are: ${namesOf(all)}.`);
    const devices = all.filter(({ name }) => !leaving.includes(name));
    if (!given.is('yes'))
      return [
        `Key ${(team.keys.at(-1)?.epoch ?? 0) + 1} of "${team.team}" would open for:`,
        ...devices.map(deviceLine),
        ...(devices.length < all.length
          ? ['and no longer for:', ...all.filter((device) => !devices.includes(device)).map(deviceLine)]
          : []),
        'Nothing has been changed. With --yes it is made.',
      ];
    const algorithm = given.is('post-quantum') ? 'mlkem768x25519' : given.is('classical') ? 'x25519' : team.algorithm;
    const { epoch: last = 0 } = team.keys.at(-1) ?? {};
    const { key, file } = await rotate(last, devices, algorithm);
    await folder.write(keyFile(key.epoch), file);
    const keys = [...team.keys, { epoch: key.epoch, recipient: key.recipient }];
    await signNextManifest(folder, { ...team, algorithm, devices, keys }, daysOf(given), now);
    return [
      `Key ${key.epoch} of "${team.team}" opens for: ${namesOf(devices)}.`,
      `Next: publish, hand ${folder.place(keyFile(key.epoch))} to the server, seal active records anew, and forget key ${last}.`,
    ];
  },
};

const forget: Command = {
  name: 'forget',
  words: ['EPOCH'],
  summary: 'delete an old key of the team, once no active record needs it',
  options: {},
  async run({ folder, words: [word = ''] }) {
    const team = await folder.read();
    const epoch = Number(word);
    if (!team.keys.slice(0, -1).some((key) => key.epoch === epoch)) throw new CannotBeDone(`${word} is no old key of the team.`);
    await folder.save({ ...team, keys: team.keys.filter((key) => key.epoch !== epoch) });
    await folder.remove(keyFile(epoch));
    return [`Key ${epoch} is gone. Delete it at the server too.`];
  },
};

const reSign: Command = {
  name: 're-sign',
  words: [],
  summary: 'sign the manifest for another while; do so before it expires',
  options: { days: DAYS },
  async run(given) {
    const team = await signNextManifest(given.folder, await given.folder.read(), daysOf(given), given.now);
    return [`Manifest ${team.seq} of "${team.team}" is signed. Next: publish.`];
  },
};

const publishTeam: Command = {
  name: 'publish',
  words: [],
  summary: 'copy the manifest, its signature and roots.js to where the server looks',
  options: { to: { value: 'FOLDER', help: 'VAULT_DIR of the server' } },
  async run(given) {
    return publish(given.folder, await given.folder.read(), given.needed('to'));
  },
};

const demo: Command = {
  name: 'demo',
  words: [],
  summary: 'make or re-sign a team for a demonstration, and publish it',
  help: ['A desk for which another team has published keys is left to that team.'],
  options: { to: { value: 'FOLDER', help: 'VAULT_DIR of the server' }, desk: { value: 'ID', help: 'may be given more than once' } },
  async run(given) {
    const { folder, now } = given;
    if (!(await folder.isTaken())) await makeTeam.run({ ...given, needed: () => 'Demo Support', text: () => undefined, is: () => false });
    const before = await folder.read();
    const desks = given.all('desk').length ? given.all('desk') : before.desks;
    const team = await signNextManifest(folder, { ...before, desks }, undefined, now);
    await publish(folder, team, given.needed('to'), true);
    return [`The vault uses a demo key, which is kept in ${folder.place('.')}: ${team.root}`];
  },
};

/** Those that work on the folder of a team. */
export const TEAM_COMMANDS: readonly Command[] = [makeTeam, device, enrolDevice, rotateKey, forget, reSign, publishTeam, demo];

async function rootOf({ folder, text }: Given, comment: string): Promise<Pick<TeamFile, 'root' | 'rootFile'>> {
  const own = text('root');
  if (own === undefined) {
    const { signer, file } = await makeSigner(comment);
    await folder.write('root', file);
    await folder.write('root.pub', `${publicKeyLine(signer.publicKey, comment)}\n`);
    return { rootFile: 'root', root: await fingerprintOf(publicKeyBlob(signer.publicKey)) };
  }
  const signer = await readSigner(new TextDecoder().decode(await readBytes(own)));
  const blob = signer ? publicKeyBlob(signer.publicKey) : readPublicKeyLine(await publicLine(`${own}.pub`))?.blob;
  if (!blob) throw new CannotBeDone(`${own} is no Ed25519 key, and there is no ${own}.pub beside it.`);
  return { rootFile: own, root: await fingerprintOf(blob) };
}

async function recoveryOf({ folder, text, is }: Given): Promise<Device> {
  const own = text('recovery');
  if (own !== undefined) {
    algorithmOf([own]);
    return { name: RECOVERY, recipient: own };
  }
  const { identity, recipient } = await makeKeyPair(is('post-quantum') ? 'mlkem768x25519' : 'x25519');
  await folder.write('recovery.txt', `# ${RECOVERY}\n# public key: ${recipient}\n${identity.reveal()}\n`);
  return { name: RECOVERY, recipient };
}

async function publicLine(file: string): Promise<string> {
  const line = new TextDecoder().decode(await readBytes(file)).trim();
  if (!readPublicKeyLine(line)) throw new CannotBeDone(`${file} holds no public key line.`);
  return line;
}

function daysOf({ text }: Given): number | undefined {
  const days = text('days');
  if (days === undefined) return undefined;
  if (!/^([1-9]|[1-3]\d|4[0-5])$/.test(days)) throw new UsageError('--days is a number from 1 to 45.');
  return Number(days);
}

/** Who has the newest key: as the folder knows it, or as the file says that the server keeps. */
async function devicesOf({ text, needed }: Given, team: TeamFile): Promise<Device[]> {
  const file = text('team-key');
  if (file === undefined) return team.devices;
  const { recipient, devices } = await openTeamKey(await readBytes(file), await readIdentities(needed('identity')));
  if (recipient !== team.keys.at(-1)?.recipient) throw new CannotBeDone(`${file} holds another key than the newest one of this team.`);
  return devices;
}

function deviceLine({ name, recipient }: Device): string {
  return `  ${name}  ${recipient.length > 62 ? `${recipient.slice(0, 59)}…` : recipient}`;
}

function namesOf(devices: readonly Device[]): string {
  return devices.map(({ name }) => name).join(', ');
}
