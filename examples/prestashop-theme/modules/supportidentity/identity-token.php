<?php

if (!defined('_PS_VERSION_')) {
    exit;
}

/**
 * A signed statement of who is signed in to the shop: opens one session on the support server, within five minutes.
 *
 * @param string $secret base64url, as the desk file has it
 * @param array{id: int|string, email: string, name: string} $customer the address must be proved to be theirs
 */
function support_identity_token(string $secret, string $kid, string $desk, array $customer): string
{
    $encode = fn (string $bytes): string => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
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
    $signed = $encode(json_encode($header, JSON_THROW_ON_ERROR)) . '.' . $encode(json_encode($claims, JSON_THROW_ON_ERROR));
    $key = base64_decode(strtr(trim($secret), '-_', '+/'));

    return $signed . '.' . $encode(hash_hmac('sha256', $signed, $key, true));
}
