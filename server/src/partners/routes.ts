import {
  Contact,
  ContactChange,
  ContactPage,
  Licence,
  LicenceEnd,
  LicencePage,
  NewContact,
  NewLicence,
  NewPartner,
  PageQuery,
  Partner,
  PartnerChange,
  PartnerPage,
  PartnerQuery,
  PartnerStatusChange,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { recordRoutes } from "../access/index.ts";
import { wirePage } from "../database/index.ts";
import { changeContact, createContact, listContacts, removeContact } from "./contacts.ts";
import { addLicence, endLicence, listLicences } from "./licences.ts";
import { type MergeNeeds, NO_MERGE_NEEDS } from "./merge-needs.ts";
import { duplicateRoutes, mergeRoutes } from "./merge-routes.ts";
import {
  activationRoutes,
  fieldRoutes,
  fieldValueRoutes,
  restrictionRoutes,
  transferRoutes,
  transitionRoutes,
} from "./record-routes.ts";
import { changePartner, createPartner, getPartner, listPartners, movePartner } from "./service.ts";

const READ = { permission: "partners.read", audience: "both" } as const;
const WRITE = { permission: "partners.write", audience: "both" } as const;
const DECIDE = { permission: "partners.write", audience: "operator" } as const;
const tags = ["partners"];
const Id = z.object({ id: z.string() });
const LicenceId = z.object({ id: z.string(), licenceId: z.string() });
const ContactId = z.object({ id: z.string(), contactId: z.string() });

/** @param merge what goes along with a merge, given by the rooms above */
export function partnersRoutes(merge: MergeNeeds = NO_MERGE_NEEDS): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(partnerRoutes);
    await app.register(contactRoutes);
    await app.register(licenceRoutes);
    await app.register(fieldRoutes);
    await app.register(fieldValueRoutes);
    await app.register(restrictionRoutes);
    await app.register(transferRoutes);
    await app.register(transitionRoutes);
    await app.register(activationRoutes);
    await app.register(duplicateRoutes);
    await app.register(mergeRoutes(merge));
  };
}

const partnerRoutes = recordRoutes({
  path: "/v1/partners",
  tag: "partners",
  item: Partner,
  list: {
    config: READ,
    summary: "Partners",
    one: "One partner",
    query: PartnerQuery,
    page: PartnerPage,
    read: listPartners,
    get: getPartner,
  },
  create: { config: DECIDE, summary: "Create a partner, as applied", body: NewPartner, work: createPartner },
  change: {
    config: WRITE,
    summary: "Change a partner",
    description: "A partner's own people may change e-mail, website and language.",
    body: PartnerChange,
    work: changePartner,
  },
  move: {
    // Whoever may write moves a partner along; letting it in or turning it away is partners.approve, which the service asks for.
    config: { permission: "partners.read", audience: "operator" },
    summary: "Move a partner along its life",
    body: PartnerStatusChange,
    work: movePartner,
  },
});

const contactRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/partners/:id/contacts",
    {
      config: READ,
      schema: {
        tags,
        summary: "A partner's contacts",
        params: Id,
        querystring: PageQuery,
        response: { 200: ContactPage },
      },
    },
    async (request) => wirePage(await listContacts(request.ctx, request.actor, request.params.id, request.query)),
  );
  app.post(
    "/v1/partners/:id/contacts",
    {
      config: WRITE,
      schema: { tags, summary: "Add a contact", params: Id, body: NewContact, response: { 201: Contact } },
    },
    async (request, reply) =>
      reply.code(201).send(await createContact(request.ctx, request.actor, request.params.id, request.body)),
  );
  app.patch(
    "/v1/partners/:id/contacts/:contactId",
    {
      config: WRITE,
      schema: { tags, summary: "Change a contact", params: ContactId, body: ContactChange, response: { 200: Contact } },
    },
    (request) => changeContact(request.ctx, request.actor, request.params.id, request.params.contactId, request.body),
  );
  app.delete(
    "/v1/partners/:id/contacts/:contactId",
    { config: WRITE, schema: { tags, summary: "Remove a contact", params: ContactId, response: { 204: z.null() } } },
    async (request, reply) => {
      await removeContact(request.ctx, request.actor, request.params.id, request.params.contactId);
      return reply.code(204).send(null);
    },
  );
};

const licenceRoutes: FastifyPluginAsyncZod = async (app) => {
  const approve = { permission: "partners.approve", audience: "operator" } as const;
  app.get(
    "/v1/partners/:id/licences",
    {
      config: READ,
      schema: {
        tags,
        summary: "Where a partner is licensed",
        params: Id,
        querystring: PageQuery,
        response: { 200: LicencePage },
      },
    },
    async (request) => wirePage(await listLicences(request.ctx, request.actor, request.params.id, request.query)),
  );
  app.post(
    "/v1/partners/:id/licences",
    {
      config: approve,
      schema: { tags, summary: "Record a licence", params: Id, body: NewLicence, response: { 201: Licence } },
    },
    async (request, reply) =>
      reply.code(201).send(await addLicence(request.ctx, request.actor, request.params.id, request.body)),
  );
  app.post(
    "/v1/partners/:id/licences/:licenceId/end",
    {
      config: approve,
      schema: { tags, summary: "End a licence", params: LicenceId, body: LicenceEnd, response: { 200: Licence } },
    },
    (request) =>
      endLicence(request.ctx, request.actor, request.params.id, request.params.licenceId, request.body.validTo),
  );
};
