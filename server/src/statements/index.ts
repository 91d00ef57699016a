export {
  closeStatement,
  getStatement,
  listStatements,
  openStatements,
  payStatement,
  statementNames,
  verifyStatements,
} from "./service.ts";
