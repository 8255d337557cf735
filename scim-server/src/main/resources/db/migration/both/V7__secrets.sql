-- What is still to be set of the secrets a request brought: empty, 'resend', or 'sealed:' with the
-- text that only the operator's key opens.
alter table journal add column secrets ${text};
