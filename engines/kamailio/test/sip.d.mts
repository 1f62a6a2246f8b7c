// Shapes of sip.mjs for TypeScript.
export interface Address { ip: string; port: number }
export interface Login { user: string; password: string }
export interface Message {
  first: string; status: number; method: string; headers: [string, string][]; body: string; raw: string;
  from: { address: string; port: number }; all(name: string): string[]; header(name: string): string;
}
export interface Reply extends Message { asked: Record<string, any>; authorization?: string }
export interface Peer extends Address {
  heard: Message[]; handlers: Set<(m: Message) => void>; close(): Promise<void>; send(text: string, to: Address): Promise<void>;
}
export function token(bytes?: number): string;
export function sleep(ms: number): Promise<void>;
export function sdp(ip: string, port: number): string;
export function parse(text: string): Message;
export function answer(of: Record<string, any>): string;
export function build(peer: Address, parts: Record<string, any>): string;
export function open_peer(ip?: string, port?: number): Promise<Peer>;
export function ask(peer: Peer, to: Address, parts: Record<string, any>, ms?: number): Promise<Reply | null>;
export function ask_as(peer: Peer, to: Address, parts: Record<string, any>, who: Login, ms?: number): Promise<Reply | null>;
