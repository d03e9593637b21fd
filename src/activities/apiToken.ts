// What does an API token look like, and how is it recognised?
import { randomInt } from "node:crypto";
import { crc32 } from "node:zlib";
import { sha256 } from "../platform/digest.js";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PREFIX = "assay_";

/** A new secret: assay_ + 30 random base62 characters (178 bits) + 6 of CRC-32, so that garbage costs no look-up. */
export function newTokenSecret(): string {
  const body = Array.from({ length: 30 }, () => ALPHABET[randomInt(62)]).join("");
  return `${PREFIX}${body}${checksum(body)}`;
}

export function looksLikeToken(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** Whether the checksum fits. */
export function isWellFormedToken(text: string): boolean {
  const body = text.slice(PREFIX.length, -6);
  return /^assay_[0-9A-Za-z]{36}$/.test(text) && checksum(body) === text.slice(-6);
}

/** What is stored: the secret has enough entropy that a plain SHA-256 cannot be guessed from. */
export function tokenHash(secret: string): Buffer {
  return sha256(secret);
}

/** What is shown of a token later. */
export function tokenPrefix(secret: string): string {
  return secret.slice(0, PREFIX.length + 6);
}

function checksum(body: string): string {
  let value = crc32(body);
  let text = "";
  for (let i = 0; i < 6; i++) {
    text = ALPHABET[value % 62] + text;
    value = Math.floor(value / 62);
  }
  return text;
}
