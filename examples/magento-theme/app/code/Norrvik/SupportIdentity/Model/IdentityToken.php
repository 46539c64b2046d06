<?php

declare(strict_types=1);

namespace Norrvik\SupportIdentity\Model;

/** A signed statement of who is signed in to the shop: opens one session on the support server, within five minutes. */
class IdentityToken
{
    /**
     * @param string $secret base64url, as the desk file has it
     * @param array{id: int|string, email: string, name: string} $customer the address must be proved to be theirs
     */
    public function sign(string $secret, string $kid, string $desk, array $customer): string
    {
        $now = time();
        $header = ['alg' => 'HS256', 'typ' => 'JWT', 'kid' => $kid];
        $claims = [
            'aud' => $desk,
            'iat' => $now,
            'exp' => $now + 300,
            'jti' => bin2hex(random_bytes(16)),
            'sub' => (string) $customer['id'],
            'email' => $customer['email'],
            'name' => $customer['name'],
        ];
        $signed = $this->encode(json_encode($header, JSON_THROW_ON_ERROR))
            . '.' . $this->encode(json_encode($claims, JSON_THROW_ON_ERROR));
        $key = base64_decode(strtr(trim($secret), '-_', '+/'));

        return $signed . '.' . $this->encode(hash_hmac('sha256', $signed, $key, true));
    }

    private function encode(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }
}
