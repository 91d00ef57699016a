import { PasskeyCard } from "./passkey-card.tsx";
import { PasswordCard } from "./password-card.tsx";
import { SecondFactorCard } from "./second-factor-card.tsx";

/** Password, second factor, passkeys: the same for the operator's people and the partners'. */
export function OwnAccount() {
  return (
    <div style={{ maxWidth: 640 }}>
      <SecondFactorCard />
      <PasskeyCard />
      <PasswordCard />
    </div>
  );
}
