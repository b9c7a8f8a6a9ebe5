/** Signs the newest entry of the audit chain, so that cutting it off shows. */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** The newest entry: whoever knows it can tell whether entries before it were changed or it was cut off. */
export interface Head {
  sequence: number;
  hash: string;
}

export interface SignedHead extends Head {
  /** Which key signed, without telling it. */
  key: string;
  signature: string;
}

export interface Seal {
  key: string;
  sign: (head: Head) => SignedHead;
  isOurs: (head: SignedHead) => boolean;
}

/** A seal from the instance's secret (`SECRET_KEY`, or its file); what else the secret is for gets another key. */
export function sealFrom(secret: string): Seal {
  const material = Buffer.from(hkdfSync('sha256', secret, '', 'klartext audit head', 32));
  const key = createHash('sha256').update(material).digest('hex').slice(0, 12);
  const signatureOf = ({ sequence, hash }: Head): string =>
    createHmac('sha256', material).update(`${sequence}\n${hash}`).digest('base64url');
  return {
    key,
    sign: ({ sequence, hash }) => ({ sequence, hash, key, signature: signatureOf({ sequence, hash }) }),
    isOurs: (head) => {
      const [given, right] = [Buffer.from(head.signature), Buffer.from(signatureOf(head))];
      return head.key === key && given.length === right.length && timingSafeEqual(given, right);
    },
  };
}
