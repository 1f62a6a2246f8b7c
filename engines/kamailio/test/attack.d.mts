// Shapes of attack.mjs for TypeScript.
import type { Address, Login, Message, Peer, Reply } from './sip.mjs';
export interface World { edge: Address; realm: string; carrier: Address; slot: Login; other: Login; number: string }
type Codes = Record<string, number | null>;
export const METHODS: string[];
export function watcher(at: Address): Promise<Peer & { reached(): Message[] }>;
export function register(w: World, peer: Peer, who?: Login, contact?: string, expires?: number, extra?: string[]): Promise<Reply | null>;
export function invite(w: World, peer: Peer, user: string | null, options?: Record<string, any>): Promise<Reply | null>;
export function in_dialog(w: World, peer: Peer, seal?: string): Promise<Codes>;
export function in_dialog_by_uri(w: World, peer: Peer): Promise<(number | null)[]>;
export function contacts(w: World, peer: Peer): Promise<Record<string, [number | null, number | null]>>;
export function foreign_register(w: World, peer: Peer): Promise<(number | null)[]>;
export function digests(w: World, peer: Peer): Promise<Codes>;
export function claims(w: World, peer: Peer, permit?: string): Promise<Codes>;
export function identities(w: World, peer: Peer, called_peer: Peer, called_number: string): Promise<string[] | null>;
export function rogue(w: World, peer: Peer, permit?: string): Promise<Codes>;
export function relay(w: World, peer: Peer): Promise<Codes>;
export function evapi(port: number, messages: unknown[], ms?: number): Promise<string>;
export function evapi_keys(port: number): Promise<Record<string, string>>;
export function garbage(w: World, peer: Peer): Promise<{ sent: number; answered: number }>;
