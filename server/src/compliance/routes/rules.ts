import {
  JurisdictionAnswer,
  JurisdictionQuestion,
  NewRegimeAttachment,
  PageQuery,
  RegimeAttachments,
  RegimeSubject,
  RuleBook,
  RuleBookChange,
  RuleBookName,
  RuleBookPage,
  RuleBookQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { changeBook, listVersions, readBook } from "../books.ts";
import { askJurisdiction, attachRegime, listAttachments } from "../regimes.ts";

const READ = { permission: "compliance.read", audience: "operator" } as const;
const WRITE = { permission: "compliance.write", audience: "operator" } as const;
const ByBook = z.object({ book: RuleBookName });
const tags = ["due diligence rules"];

/** The books of rules in their versions, and regimes with what they are attached to. */
export const ruleRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/due-diligence-rules/:book",
    {
      config: READ,
      schema: {
        tags,
        summary: "A book of rules as it stands, or in a version",
        params: ByBook,
        querystring: RuleBookQuery,
        response: { 200: RuleBook },
      },
    },
    (request) => readBook(request.ctx, request.actor, request.params.book, request.query.version),
  );
  app.get(
    "/v1/due-diligence-rules/:book/versions",
    {
      config: READ,
      schema: {
        tags,
        summary: "Versions of a book of rules",
        params: ByBook,
        querystring: PageQuery,
        response: { 200: RuleBookPage },
      },
    },
    (request) => listVersions(request.ctx, request.actor, request.params.book, request.query),
  );
  app.put(
    "/v1/due-diligence-rules/:book",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Write the next version of a book of rules",
        params: ByBook,
        body: RuleBookChange,
        response: { 200: RuleBook },
      },
    },
    (request) => changeBook(request.ctx, request.actor, request.params.book, request.body),
  );
  await app.register(regimes);
};

const regimes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/regimes",
    {
      config: READ,
      schema: {
        tags,
        summary: "Regimes that a partner or an offer is held to",
        querystring: RegimeSubject,
        response: { 200: RegimeAttachments },
      },
    },
    (request) => listAttachments(request.ctx, request.actor, request.query),
  );
  app.put(
    "/v1/regimes",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Attach a regime with its figures, or take it away",
        body: NewRegimeAttachment,
        response: { 200: RegimeAttachments },
      },
    },
    (request) => attachRegime(request.ctx, request.actor, request.body),
  );
  app.post(
    "/v1/jurisdiction-check",
    {
      config: READ,
      schema: {
        tags,
        summary: "What regimes ask, and what a text does against them",
        body: JurisdictionQuestion,
        response: { 200: JurisdictionAnswer },
      },
    },
    (request) => askJurisdiction(request.ctx, request.actor, request.body),
  );
};
