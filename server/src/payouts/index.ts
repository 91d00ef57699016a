export {
  closeStatement,
  getStatement,
  listStatements,
  openStatements,
  payStatement,
  verifyStatements,
} from "./service.ts";
